package io.broadcaster.aws;

import com.sun.management.OperatingSystemMXBean;
import io.broadcaster.aws.dynamodb.LedgerWrites;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.LedgerStore.Write;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Measures the ledger: the 12,000 rows of a launch of 4M devices, written by as many threads as a sender has batches in flight;
 * the local cloud in the same JVM unless an endpoint is given. Prints wall and CPU time. Not a test:
 * {@code java … io.broadcaster.aws.LedgerRounds [rounds] [batches in flight] [rows per call] [dynamodb-uri]}.
 */
final class LedgerRounds {
    private static final int ROWS = 12_000;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private LedgerRounds() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int inFlight = args.length > 1 ? Integer.parseInt(args[1]) : 512;
        String rowsPerCall = args.length > 2 ? args[2] : "100";
        try (LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            var settings = Settings.of(Map.of(
                    "cloud.sqs-endpoint",
                    local.sqsEndpoint().toString(),
                    "cloud.dynamodb-endpoint",
                    args.length > 3 ? args[3] : local.dynamoDbEndpoint().toString(),
                    "cloud.s3-endpoint",
                    local.s3Endpoint().toString(),
                    "cloud.access-key",
                    LocalCloud.ACCESS_KEY_ID,
                    "cloud.secret-key",
                    LocalCloud.SECRET_ACCESS_KEY,
                    "cloud.ledger-rows-max",
                    rowsPerCall));
            try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings))) {
                cloud.provisioner().provision();
                for (int round = 1; round <= rounds; round++) {
                    round(cloud, round, inFlight);
                }
            }
        }
    }

    private static void round(AwsCloud cloud, int round, int inFlight) throws Exception {
        LaunchId launch = LaunchId.of(new CampaignId("ledger-rounds"), round);
        var room = new Semaphore(inFlight);
        LedgerWrites before = cloud.ledgerWrites();
        long cpu = PROCESS.getProcessCpuTime();
        long began = System.nanoTime();
        var writes = new ArrayList<Future<Write>>(ROWS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int batch = 0; batch < ROWS; batch++) {
                LedgerRow row = row(new BatchKey(launch, Platform.IOS, batch));
                room.acquire();
                writes.add(threads.submit(() -> {
                    try {
                        return cloud.ledger().write(row, LedgerStore.ABSENT);
                    } finally {
                        room.release();
                    }
                }));
            }
        }
        long took = System.nanoTime() - began;
        long spent = PROCESS.getProcessCpuTime() - cpu;
        for (Future<Write> write : writes) {
            if (write.get() != Write.WRITTEN) {
                throw new IllegalStateException("a row was not written");
            }
        }
        System.out.printf(
                Locale.ROOT,
                "round %2d: %d rows in %.2f s, cpu %.2f s, %d calls%n",
                round,
                ROWS,
                took / 1e9,
                spent / 1e9,
                cloud.ledgerWrites().calls() - before.calls());
    }

    private static LedgerRow row(BatchKey key) {
        byte[] outcomes = new byte[Platform.IOS.batchMax()];
        Arrays.fill(outcomes, (byte) 1);
        Instant now = Instant.EPOCH.plusSeconds(1);
        return new LedgerRow(key, 1, "ledger-rounds", Instant.EPOCH, outcomes, now, now, List.of());
    }
}
