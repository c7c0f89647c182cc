package io.broadcaster.sender;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.telemetry.ProcessVitals;
import io.broadcaster.telemetry.Telemetry;
import io.broadcaster.telemetry.TelemetryConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;

/** The sender: batches of tier 2 become notifications, and every outcome a byte in the ledger. */
public final class Main {
    private Main() {}

    /** Starts a worker; closing it drains. Fails when a setting is wrong, a key file unusable or a queue missing. */
    public static SenderProcess start(Settings settings) {
        var config = SenderConfig.from(settings);
        var cloudConfig = CloudConfig.from(settings);
        var clock = InstantSource.system();
        var random = new SecureRandom();
        var opened = new ArrayList<AutoCloseable>();
        try {
            var telemetry = Telemetry.start(TelemetryConfig.from(settings), WorkerRole.SENDER, clock);
            opened.addFirst(telemetry);
            var cloud = AwsCloud.connect(cloudConfig);
            opened.addFirst(cloud);
            LedgerGauges.bind(telemetry.registry(), cloud::ledgerWrites);
            try (var stage = AwsCloud.rehearsal(cloudConfig, clock)) {
                new SenderRehearsal(config, clock, random).over(ports(stage));
            }
            var world = new ProviderSenders.World(telemetry.worker(), cloud.secrets(), clock, random);
            var providers = ProviderSenders.open(config, world);
            KeyGauges.bind(telemetry.registry(), providers.watches());
            var vitals = new ProcessVitals(cloud::clockOffset);
            var around = SenderProcess.Surroundings.of(
                    telemetry, clock, random, () -> vitals.get().with(providers.keys()));
            AutoCloseable watching = providers.watch(config.intervals().secrets(), telemetry.registry());
            return SenderProcess.start(config, ports(cloud), providers.senders(), around)
                    .closing(watching, providers, cloud, telemetry);
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
