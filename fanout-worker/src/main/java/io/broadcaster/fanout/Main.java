package io.broadcaster.fanout;

import static io.broadcaster.campaign.Platform.ANDROID;
import static io.broadcaster.campaign.Platform.IOS;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.task.QueueName;
import io.broadcaster.telemetry.Heartbeat;
import io.broadcaster.telemetry.LaunchTimings;
import io.broadcaster.telemetry.ProcessVitals;
import io.broadcaster.telemetry.Telemetry;
import io.broadcaster.telemetry.TelemetryConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/** The fan-out worker: slices of tier 1 become batches of tier 2. */
public final class Main {
    private Main() {}

    /** Starts a worker; closing it drains. Fails when a setting is wrong or a queue is missing. */
    public static FanoutProcess start(Settings settings) {
        var config = FanoutConfig.from(settings);
        var cloudConfig = CloudConfig.from(settings);
        var world = new FanoutProcess.World(InstantSource.system(), new SecureRandom());
        var telemetry = Telemetry.start(TelemetryConfig.from(settings), WorkerRole.FANOUT, world.clock());
        var cloud = AwsCloud.connect(cloudConfig);
        try {
            queues(cloud).open();
            try (var stage = AwsCloud.rehearsal(cloudConfig, world.clock())) {
                new FanoutRehearsal(config, world).over(queues(stage));
            }
            return start(config, telemetry, cloud, world);
        } catch (RuntimeException e) {
            cloud.close();
            telemetry.close();
            throw e;
        }
    }

    private static FanoutProcess start(
            FanoutConfig config, Telemetry telemetry, AwsCloud cloud, FanoutProcess.World world) {
        var timings = new LaunchTimings(cloud.progress(), telemetry.worker(), world.clock(), config.progressInterval());
        timings.bindTo(telemetry.registry());
        var meters = new FanoutMeters(telemetry.registry(), timings, config);
        var process = FanoutProcess.start(config, queues(cloud), meters, world, telemetry.registry());

        var heartbeat = Heartbeat.start(
                cloud.workers(),
                telemetry.registry(),
                () -> process.status(telemetry, world.clock()),
                new ProcessVitals(cloud::clockOffset),
                config.heartbeat());
        return process.closing(timings, heartbeat, cloud, telemetry);
    }

    private static FanoutProcess.Queues queues(AwsCloud cloud) {
        var batches = Map.of(IOS, cloud.queue(QueueName.BATCHES_IOS), ANDROID, cloud.queue(QueueName.BATCHES_ANDROID));
        return new FanoutProcess.Queues(cloud.queue(QueueName.SLICES), batches);
    }
}
