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
        var clock = InstantSource.system();
        var opened = new ArrayList<AutoCloseable>();
        try {
            var telemetry = Telemetry.start(TelemetryConfig.from(settings), WorkerRole.SENDER, clock);
            opened.addFirst(telemetry);
            var cloud = AwsCloud.connect(CloudConfig.from(settings));
            opened.addFirst(cloud);
            var timer = Executors.newSingleThreadScheduledExecutor();
            opened.addFirst(timer::shutdownNow);
            BatchSender apns = PushyBatchSender.open(config.apns(), timer, clock);
            opened.addFirst(apns);
            BatchSender fcm = FirebaseBatchSender.open(config.fcm(), telemetry.worker(), clock);
            opened.addFirst(fcm);
            var around = SenderProcess.Surroundings.of(telemetry, clock, new SecureRandom());
            var senders = Map.of(Platform.IOS, apns, Platform.ANDROID, fcm);
            return SenderProcess.start(config, ports(cloud), senders, around)
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
