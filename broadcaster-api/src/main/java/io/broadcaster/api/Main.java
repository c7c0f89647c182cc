package io.broadcaster.api;

import io.broadcaster.api.ApiProcess.Surroundings;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.task.QueueName;
import io.broadcaster.telemetry.Heartbeat;
import io.broadcaster.telemetry.LaunchTimings;
import io.broadcaster.telemetry.ProcessVitals;
import io.broadcaster.telemetry.Telemetry;
import io.broadcaster.telemetry.TelemetryConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The API process: config, adapters, pipeline, start, stop. */
public final class Main {
    private static final Duration FLUSH_EVERY = Duration.ofMillis(250);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

    private Main() {}

    /** Starts the API of these settings; closing what it answers with drains and stops it. */
    public static ApiProcess start(Settings settings) {
        ApiConfig config = ApiConfig.from(settings);
        InstantSource clock = InstantSource.system();
        Telemetry telemetry = Telemetry.start(TelemetryConfig.from(settings), WorkerRole.API, clock);
        var cloudConfig = CloudConfig.from(settings);
        RandomGenerator random = RandomGenerator.of("SecureRandom");
        AwsCloud cloud = AwsCloud.connect(cloudConfig);
        try (var stage = AwsCloud.rehearsal(cloudConfig, clock)) {
            var _ = new PressRehearsal(config.rehearsalPresses(), clock, random).over(ports(stage));
        }
        var timings = new LaunchTimings(cloud.progress(), telemetry.worker(), clock, FLUSH_EVERY);
        timings.bindTo(telemetry.registry());
        var heartbeat = Heartbeat.start(
                cloud.workers(),
                telemetry.registry(),
                () -> status(telemetry, clock),
                new ProcessVitals(cloud::clockOffset),
                HEARTBEAT_EVERY);
        var surroundings = new Surroundings(
                ports(cloud),
                clock,
                random,
                (launch, micros) -> timings.record(launch, Stage.SLICE_SENT, micros),
                telemetry.registry());
        return ApiProcess.start(config, surroundings, List.of(heartbeat, timings, cloud, telemetry));
    }

    private static WorkerStatus status(Telemetry telemetry, InstantSource clock) {
        return new WorkerStatus(
                telemetry.worker(),
                WorkerRole.API,
                telemetry.version(),
                telemetry.startedAt(),
                clock.instant(),
                List.of(),
                0,
                0,
                WorkerVitals.UNKNOWN);
    }

    /** What of the cloud the API works with. */
    static ApiPorts ports(AwsCloud cloud) {
        var names = List.of(QueueName.values());
        var queues = names.stream().collect(Collectors.toMap(Function.identity(), cloud::queue));
        var deadLetters = names.stream().collect(Collectors.toMap(Function.identity(), cloud::deadLetters));
        return new ApiPorts(
                cloud.campaigns(),
                cloud.ledger(),
                cloud.progress(),
                cloud.workers(),
                cloud.proofs(),
                cloud.testDevices(),
                cloud.loadProgress(),
                cloud.audit(),
                cloud.sessionEnds(),
                cloud.objects(),
                queues,
                deadLetters);
    }
}
