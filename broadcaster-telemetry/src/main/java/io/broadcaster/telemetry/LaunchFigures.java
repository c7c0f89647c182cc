package io.broadcaster.telemetry;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.WorkerProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;

/** The figures of one launch in this worker. Any thread adds; the flushing thread alone takes. */
final class LaunchFigures {
    /** Room for every ledger code. */
    private static final int CODES_MAX = 1 << (Byte.SIZE - 1);

    private final LaunchId launch;
    private final String rowOwner;
    private final Map<Platform, AtomicLongArray> counts = new EnumMap<>(Platform.class);
    private final Map<Stage, StageHistogram> stages = new EnumMap<>(Stage.class);
    private volatile boolean changed;
    private volatile Instant changedAt;

    LaunchFigures(LaunchId launch, String rowOwner, Instant now) {
        this.launch = launch;
        this.rowOwner = rowOwner;
        this.changedAt = now;
        for (Platform platform : Platform.values()) {
            counts.put(platform, new AtomicLongArray(CODES_MAX));
        }
        for (Stage stage : Stage.values()) {
            stages.put(stage, new StageHistogram());
        }
    }

    LaunchId launch() {
        return launch;
    }

    void record(Stage stage, long micros, int times) {
        Objects.requireNonNull(stages.get(stage)).record(micros, times);
        markChanged();
    }

    void count(Platform platform, OutcomeCode code, long devices) {
        var _ = Objects.requireNonNull(counts.get(platform)).addAndGet(code.code(), devices);
        markChanged();
    }

    /** Whether something was added since the last call; what is added from here on counts as new. */
    boolean takeChanged(Instant now) {
        boolean was = changed;
        if (was) {
            changed = false;
            changedAt = now;
        }
        return was;
    }

    /** The last take did not reach the store. */
    void keepChanged() {
        changed = true;
    }

    Instant changedAt() {
        return changedAt;
    }

    boolean idle(Instant now, Duration idleMax) {
        return !changed && changedAt.plus(idleMax).isBefore(now);
    }

    WorkerProgress progress(Instant now) {
        var byPlatform = new EnumMap<Platform, OutcomeCounts>(Platform.class);
        counts.forEach((platform, byCode) -> {
            var sum = new OutcomeCounts();
            for (OutcomeCode code : OutcomeCode.values()) {
                sum.add(code, byCode.get(code.code()));
            }
            if (sum.total() > 0) {
                byPlatform.put(platform, sum);
            }
        });
        var histograms = new EnumMap<Stage, byte[]>(Stage.class);
        stages.forEach((stage, histogram) -> histogram.encoded().ifPresent(bytes -> histograms.put(stage, bytes)));
        return new WorkerProgress(launch, rowOwner, byPlatform, histograms, now);
    }

    private void markChanged() {
        if (!changed) { // read first: a write at every device would bounce the cache line between cores
            changed = true;
        }
    }
}
