package io.broadcaster.loadtest.bench;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.BatchKey;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The ids of one notification: by the launch's own means, and with the launch's half kept as a sender keeps it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NotificationIdBenchmark {
    private static final int POSITION_MASK = 0xff;

    private final LaunchId launch = LaunchId.of(new CampaignId("bench"), 1);
    private final BatchKey key = new BatchKey(launch, Platform.IOS, 1_234);
    private final LaunchId.NotificationIds ids = launch.notificationIds();
    private int position;

    /** What {@code BatchRequest.notificationId} does. */
    @Benchmark
    public UUID uuidOfTheLaunch() {
        position = (position + 1) & POSITION_MASK;
        return launch.notificationId(key.deviceOrdinal(position));
    }

    /** The low half alone, read from the launch's text each time. */
    @Benchmark
    public long lowHalfOfTheLaunch() {
        position = (position + 1) & POSITION_MASK;
        return launch.notificationIds().low(key.deviceOrdinal(position));
    }

    /** Both halves from numbers that were read once per batch. */
    @Benchmark
    public long halvesKeptPerBatch() {
        position = (position + 1) & POSITION_MASK;
        return ids.high() ^ ids.low(key.deviceOrdinal(position));
    }
}
