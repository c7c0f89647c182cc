package io.broadcaster.cli.local;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.Simulators;
import io.broadcaster.loadtest.provider.SimulatorsConfig;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.localcloud.issuer.LocalIssuer;
import io.broadcaster.localcloud.issuer.LocalUsers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Provider simulators and an issuer of tokens, in this process, and a fleet that uses them. Closing stops the fleet first. */
public record LocalStack(Simulators simulators, LocalIssuer issuer, Fleet fleet) implements AutoCloseable {
    /** Free ports everywhere: nothing that runs on this machine already is in the way. */
    public static final Map<String, String> FREE_PORTS = Map.of("api.port", "0", "telemetry.port", "0");

    /** How many workers, under which settings beside those that the stack itself gives, and how fast providers answer. */
    public record Plan(FleetSize size, Settings base, Duration answerTime) {}

    /** Everything in this process. */
    public static LocalStack inProcess(WorkFolder work, LocalCloudConfig cloud, Plan plan) {
        return start(providers(work), plan, settings -> InProcessFleet.start(cloud, plan.size(), settings));
    }

    /** One app of several over one cloud: its own providers, issuer and workers in this process; the cloud outlives it. */
    public static LocalStack over(LocalCloud cloud, SimulatorsConfig providers, Plan plan) {
        return start(providers, plan, settings -> InProcessFleet.over(cloud, plan.size(), settings));
    }

    /** The cloud and every worker as a process of its own. */
    public static LocalStack separateProcesses(WorkFolder work, Plan plan) {
        return start(providers(work), plan, settings -> SeparateProcesses.start(work.path(), plan.size(), settings));
    }

    /** A connection of our own to the fleet's cloud; close it. */
    public AwsCloud cloud() {
        return AwsCloud.connect(CloudConfig.from(fleet.settings()));
    }

    /** Simulators that keep their files in the work folder. */
    public static SimulatorsConfig providers(WorkFolder work) {
        return SimulatorsConfig.in(work.path().resolve("providers"), InstantSource.system());
    }

    private static LocalStack start(SimulatorsConfig providers, Plan plan, FleetStart fleet) {
        Simulators simulators = Simulators.start(providers.withAnswerTime(plan.answerTime()));
        LocalIssuer issuer = issuer(0);
        try {
            Settings settings = plan.base()
                    .with(simulators.settings())
                    .with(issuer.settings())
                    .with(sharedKeys());
            return new LocalStack(simulators, issuer, fleet.start(settings));
        } catch (RuntimeException e) {
            issuer.close();
            simulators.close();
            throw e;
        }
    }

    /** An issuer of tokens for the users of a local stack; port 0 takes any free one. */
    public static LocalIssuer issuer(int port) {
        return LocalIssuer.start(
                port, LocalUsers.standard(), InstantSource.system(), RandomGenerator.of("SecureRandom"));
    }

    /** Exports of one run bear comparable token hashes and sessions hold, whichever API process wrote them. */
    public static Map<String, String> sharedKeys() {
        return Map.of(
                "api.export-key", UUID.randomUUID().toString(),
                "api.session-key", UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        fleet.close();
        issuer.close();
        simulators.close();
    }

    @FunctionalInterface
    private interface FleetStart {
        Fleet start(Settings settings);
    }
}
