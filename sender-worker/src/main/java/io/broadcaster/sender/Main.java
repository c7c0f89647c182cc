package io.broadcaster.sender;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.sender.provider.apns.PushyBatchSender;
import io.broadcaster.sender.provider.fcm.FirebaseBatchSender;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.telemetry.Telemetry;
import io.broadcaster.telemetry.TelemetryConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;

/** The sender: batches of tier 2 become notifications, and every outcome a byte in the ledger. */
public final class Main {
    private Main() {}

    /** Starts a worker; closing it drains. Fails when a setting is wrong, a key file unusable or a queue missing. */
    public static SenderProcess start(Settings settings) {
        var config = SenderConfig.from(settings);
        var cloudConfig = CloudConfig.from(settings);
        var telemetryConfig = TelemetryConfig.from(settings);
        var clock = InstantSource.system();
        var opened = new ArrayList<AutoCloseable>();
        try {
            var telemetry = Telemetry.start(telemetryConfig, WorkerRole.SENDER, clock);
            opened.addFirst(telemetry);
            var cloud = AwsCloud.connect(cloudConfig);
            opened.addFirst(cloud);
            var timer = Executors.newSingleThreadScheduledExecutor();
            opened.addFirst(timer::shutdownNow);
            BatchSender apns = PushyBatchSender.open(config.apns(), timer, clock);
            opened.addFirst(apns);
            BatchSender fcm = FirebaseBatchSender.open(config.fcm(), telemetry.worker(), clock);
            opened.addFirst(fcm);
            var around = new SenderProcess.Surroundings(
                    telemetry.worker(),
                    telemetry.version(),
                    telemetry.startedAt(),
                    telemetry.registry(),
                    clock,
                    new SecureRandom());
            return SenderProcess.start(config, ports(cloud), Map.of(Platform.IOS, apns, Platform.ANDROID, fcm), around)
                    .closing(timer::shutdownNow, cloud, telemetry);
        } catch (RuntimeException e) {
            Closing.all(opened);
            throw e;
        }
    }

    private static SenderProcess.Ports ports(AwsCloud cloud) {
        return new SenderProcess.Ports(
                cloud.campaigns(),
                cloud.objects(),
                cloud.ledger(),
                cloud.progress(),
                cloud.workers(),
                cloud.proofs(),
                cloud.testDevices(),
                cloud::queue);
    }
}
