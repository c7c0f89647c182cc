package io.broadcaster.loader;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
import io.broadcaster.telemetry.ConsumerTelemetry;
import io.broadcaster.telemetry.Heartbeat;
import io.broadcaster.telemetry.ProcessVitals;
import io.broadcaster.telemetry.Telemetry;
import io.broadcaster.telemetry.TelemetryConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The loader: load tasks in, snapshots out. */
public final class Main {
    private Main() {}

    /** Starts a loader; closing it stops its loads where they are. Fails when a setting is wrong or the queue is missing. */
    public static LoaderProcess start(Settings settings) {
        var config = LoaderConfig.from(settings);
        var cloudConfig = CloudConfig.from(settings);
        var telemetryConfig = TelemetryConfig.from(settings);
        InstantSource clock = InstantSource.system();

        var telemetry = Telemetry.start(telemetryConfig, WorkerRole.LOADER, clock);
        var cloud = AwsCloud.connect(cloudConfig);
        try {
            return start(config, telemetry, cloud, clock);
        } catch (RuntimeException e) {
            cloud.close();
            telemetry.close();
            throw e;
        }
    }

    private static LoaderProcess start(LoaderConfig config, Telemetry telemetry, AwsCloud cloud, InstantSource clock) {
        var queue = cloud.queue(QueueName.LOADS);
        var _ = queue.depth(); // a missing queue stops the start

        var meters = new LoaderMeters(telemetry.registry(), config);
        var load = new Load(config, cloud.objects(), cloud.devices(), meters);
        var attempt = new LoadAttempt(config, load, cloud.loadProgress(), clock, meters);
        var handler = new LoadHandler(config, cloud.campaigns(), attempt, clock, meters);
        var consumerTelemetry = new ConsumerTelemetry(QueueName.LOADS);
        var consumer = new QueueConsumer(queue, config.consumer(), clock, new SecureRandom(), consumerTelemetry);
        consumerTelemetry.bind(telemetry.registry(), consumer);
        var process = LoaderProcess.start(consumer, handler);

        var heartbeat = Heartbeat.start(
                cloud.workers(),
                telemetry.registry(),
                () -> status(telemetry, process, clock),
                new ProcessVitals(cloud::clockOffset),
                config.heartbeatInterval());
        return process.closing(heartbeat, cloud, telemetry);
    }

    private static WorkerStatus status(Telemetry telemetry, LoaderProcess process, InstantSource clock) {
        int loads = process.stats().inFlight();
        return new WorkerStatus(
                telemetry.worker(),
                telemetry.role(),
                telemetry.version(),
                telemetry.startedAt(),
                clock.instant(),
                List.of(),
                0,
                loads,
                WorkerVitals.UNKNOWN);
    }
}
