package io.broadcaster.cli.local;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.Simulators;
import io.broadcaster.loadtest.provider.SimulatorsConfig;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/** The provider simulators, in this process, and a fleet that sends to them. Closing stops the fleet first. */
public record LocalStack(Simulators simulators, Fleet fleet) implements AutoCloseable {
    /** Free ports everywhere: nothing that runs on this machine already is in the way. */
    public static final Map<String, String> FREE_PORTS = Map.of("api.port", "0", "telemetry.port", "0");

    /** How many workers, under which settings beside those that the stack itself gives, and how fast providers answer. */
    public record Plan(FleetSize size, Settings base, Duration answerTime) {}

    /** Everything in this process. */
    public static LocalStack inProcess(WorkFolder work, LocalCloudConfig cloud, Plan plan) {
        return start(work, plan, settings -> InProcessFleet.start(cloud, plan.size(), settings));
    }

    /** The cloud and every worker as a process of its own. */
    public static LocalStack separateProcesses(WorkFolder work, Plan plan) {
        return start(work, plan, settings -> SeparateProcesses.start(work.path(), plan.size(), settings));
    }

    /** A connection of our own to the fleet's cloud; close it. */
    public AwsCloud cloud() {
        return AwsCloud.connect(CloudConfig.from(fleet.settings()));
    }

    private static LocalStack start(WorkFolder work, Plan plan, FleetStart fleet) {
        Simulators simulators =
                Simulators.start(SimulatorsConfig.in(work.path().resolve("providers"), InstantSource.system())
                        .withAnswerTime(plan.answerTime()));
        try {
            return new LocalStack(
                    simulators,
                    fleet.start(plan.base().with(simulators.settings()).with(exportKey())));
        } catch (RuntimeException e) {
            simulators.close();
            throw e;
        }
    }

    /** Exports of one run bear comparable token hashes, whichever API process wrote them. */
    private static Map<String, String> exportKey() {
        return Map.of("api.export-key", UUID.randomUUID().toString());
    }

    @Override
    public void close() {
        fleet.close();
        simulators.close();
    }

    @FunctionalInterface
    private interface FleetStart {
        Fleet start(Settings settings);
    }
}
