package io.broadcaster.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The house rules that a machine can check, for the classes of all modules at once. Each rule says why in its text, so that
 * a failing build explains itself.
 */
public final class HouseRules {
    private static final String[] CORE = {
        "io.broadcaster.campaign..",
        "io.broadcaster.audience..",
        "io.broadcaster.task..",
        "io.broadcaster.delivery..",
        "io.broadcaster.audit..",
        "io.broadcaster.identity..",
        "io.broadcaster.config.."
    };

    /** The modules that meet in the core's task records only. */
    private static final List<String> PROCESSES = List.of("api", "loader", "fanout", "sender");

    /** Where a process is put together, and the tools around it. */
    private static final DescribedPredicate<JavaClass> COMPOSITION = simpleName("Main")
            .or(resideInAnyPackage("io.broadcaster.cli..", "io.broadcaster.testkit.."))
            .as("Main, the command line or the testkit");

    private HouseRules() {}

    /** Every rule. */
    public static List<ArchRule> all() {
        var rules = new ArrayList<>(processesAreStrangers());
        rules.add(coreDependsOnTheJdkOnly());
        rules.add(awsSdkStaysAtHome());
        rules.add(cloudIsConnectedInMain());
        rules.add(namesSayWhatAClassIs());
        rules.add(timeComesThroughTheConstructor());
        rules.add(packagesAreFreeOfCycles());
        return List.copyOf(rules);
    }

    /** The API, the loader and the workers never depend on each other: one rule per module. */
    static List<ArchRule> processesAreStrangers() {
        return PROCESSES.stream()
                .<ArchRule>map(process -> noClasses()
                        .that()
                        .resideInAPackage(packagesOf(process))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(PROCESSES.stream()
                                .filter(other -> !other.equals(process))
                                .map(HouseRules::packagesOf)
                                .toArray(String[]::new))
                        .because("the API, the loader and the workers meet in the core's task records"))
                .toList();
    }

    static ArchRule coreDependsOnTheJdkOnly() {
        var allowed = new ArrayList<>(List.of(CORE));
        allowed.add("java..");
        allowed.add("org.jspecify..");
        return classes()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because("the core holds nouns, rules and ports: the JDK and JSpecify are enough for them");
    }

    static ArchRule awsSdkStaysAtHome() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.broadcaster.aws..")
                .and()
                .doNotHaveFullyQualifiedName("io.broadcaster.telemetry.CloudWatch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .because(
                        "broadcaster-aws is the only home of the AWS SDK, but for the client that Micrometer's registry takes");
    }

    static ArchRule cloudIsConnectedInMain() {
        return noClasses()
                .that(resideOutsideOfPackages("io.broadcaster.aws..").and(DescribedPredicate.not(COMPOSITION)))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.broadcaster.aws.AwsCloud")
                .because("adapters are constructed in Main; everything else takes ports");
    }

    static ArchRule namesSayWhatAClassIs() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .resideInAnyPackage("..common..", "..util..", "..utils..")
                .because("a name says what a class is, in the words of the domain");
    }

    static ArchRule timeComesThroughTheConstructor() {
        return noClasses()
                .that(DescribedPredicate.not(COMPOSITION))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .because("the clock comes through the constructor, so that tests can move it");
    }

    static ArchRule packagesAreFreeOfCycles() {
        return slices().matching("io.broadcaster.(**)").should().beFreeOfCycles();
    }

    private static String packagesOf(String module) {
        return "io.broadcaster." + module + "..";
    }
}
