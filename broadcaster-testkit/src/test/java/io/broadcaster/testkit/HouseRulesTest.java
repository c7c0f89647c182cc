package io.broadcaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule is shown to bite on classes that break it. */
final class HouseRulesTest {
    private static final JavaClasses VIOLATIONS = new ClassFileImporter()
            .importPackages(
                    "io.broadcaster.fanout.violation",
                    "io.broadcaster.sender.violation",
                    "io.broadcaster.campaign.violation");

    @Test
    void processesAreStrangers_fanoutCallsSender_isNamed() {
        assertThat(violations(HouseRules.processesAreStrangers().get(2)))
                .anyMatch(text -> text.contains("SliceManager"));
    }

    @Test
    void coreDependsOnTheJdkOnly_libraryInTheCore_isNamed() {
        assertThat(violations(HouseRules.coreDependsOnTheJdkOnly())).anyMatch(text -> text.contains("KnowsALibrary"));
    }

    @Test
    void namesSayWhatAClassIs_aManager_isNamed() {
        assertThat(violations(HouseRules.namesSayWhatAClassIs()))
                .hasSize(1)
                .allMatch(text -> text.contains("SliceManager"));
    }

    @Test
    void timeComesThroughTheConstructor_wallClock_isNamed() {
        assertThat(violations(HouseRules.timeComesThroughTheConstructor()))
                .hasSize(1)
                .allMatch(text -> text.contains("ReadsTheWallClock"));
    }

    @Test
    void packagesAreFreeOfCycles_twoPackagesThatNeedEachOther_areNamed() {
        assertThat(violations(HouseRules.packagesAreFreeOfCycles()))
                .anyMatch(text -> text.contains("sender.violation"));
    }

    @Test
    void all_theCoreAndTheTestkit_passWhatConcernsThem() {
        JavaClasses own = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.broadcaster.campaign", "io.broadcaster.delivery", "io.broadcaster.testkit");

        for (ArchRule rule : HouseRules.all()) {
            assertThat(rule.allowEmptyShould(true)
                            .evaluate(own)
                            .getFailureReport()
                            .getDetails())
                    .as(rule.getDescription())
                    .isEmpty();
        }
    }

    private static List<String> violations(ArchRule rule) {
        return rule.evaluate(VIOLATIONS).getFailureReport().getDetails();
    }
}
