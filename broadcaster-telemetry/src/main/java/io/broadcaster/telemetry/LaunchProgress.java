package io.broadcaster.telemetry;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.Outcome;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.WorkerProgress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The live figures of a launch, all workers merged. Immutable once merged; confined to its reader. A row whose histogram
 * cannot be read fails the merge with {@link IllegalArgumentException} that names worker and stage.
 */
public final class LaunchProgress {
    private static final double MICROS_PER_MILLI = 1_000.0;
    private static final double MICROS_PER_SECOND = 1_000_000.0;

    private final Map<Platform, OutcomeCounts> counts;
    private final Map<Stage, Histogram> stages;
    private final Instant updatedAt;

    private LaunchProgress(Map<Platform, OutcomeCounts> counts, Map<Stage, Histogram> stages, Instant updatedAt) {
        this.counts = counts;
        this.stages = stages;
        this.updatedAt = updatedAt;
    }

    /** Sums the rows of all workers of one launch; no rows give all zeros. */
    public static LaunchProgress merge(List<WorkerProgress> rows) {
        var counts = new EnumMap<Platform, OutcomeCounts>(Platform.class);
        for (Platform platform : Platform.values()) {
            counts.put(platform, new OutcomeCounts());
        }
        var stages = new EnumMap<Stage, Histogram>(Stage.class);
        Instant updatedAt = Instant.EPOCH;
        for (WorkerProgress row : rows) {
            row.counts()
                    .forEach((platform, some) -> counts.computeIfAbsent(platform, _ -> new OutcomeCounts())
                            .add(some));
            row.histograms()
                    .forEach((stage, bytes) -> stages.computeIfAbsent(stage, _ -> StageHistogram.fresh())
                            .add(decode(row.worker(), stage, bytes)));
            if (row.updatedAt().isAfter(updatedAt)) {
                updatedAt = row.updatedAt();
            }
        }
        return new LaunchProgress(counts, stages, updatedAt);
    }

    /** Outcomes of one platform so far. */
    public OutcomeCounts counts(Platform platform) {
        var sum = new OutcomeCounts();
        OutcomeCounts found = counts.get(platform);
        if (found != null) {
            sum.add(found);
        }
        return sum;
    }

    /** Outcomes of both platforms so far. */
    public OutcomeCounts counts() {
        var sum = new OutcomeCounts();
        counts.values().forEach(sum::add);
        return sum;
    }

    /** How many times the stage was reached. */
    public long count(Stage stage) {
        return histogram(stage).getTotalCount();
    }

    /** Milliseconds from the press within which {@code percent} (0 to 100) of a stage were reached; 0 when none was. */
    public double percentile(Stage stage, double percent) {
        return histogram(stage).getValueAtPercentile(percent) / MICROS_PER_MILLI;
    }

    /** Milliseconds from the press to the first time the stage was reached; 0 when it was not. */
    public double min(Stage stage) {
        Histogram histogram = histogram(stage);
        return histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue() / MICROS_PER_MILLI;
    }

    /** Milliseconds from the press to the last time the stage was reached; 0 when it was not. */
    public double max(Stage stage) {
        return histogram(stage).getMaxValue() / MICROS_PER_MILLI;
    }

    /** Accepted devices per second from the first request to a provider to the last answer; 0 before the first answer. */
    public double acceptedPerSecond() {
        Histogram answers = histogram(Stage.ANSWER);
        if (answers.getTotalCount() == 0) {
            return 0;
        }
        Histogram requests = histogram(Stage.FIRST_REQUEST);
        long first = requests.getTotalCount() > 0 ? requests.getMinValue() : answers.getMinValue();
        long micros = Math.max(1, answers.getMaxValue() - first);
        return counts().of(Outcome.ACCEPTED) * MICROS_PER_SECOND / micros;
    }

    /** When a worker last wrote, EPOCH when none has. */
    public Instant updatedAt() {
        return updatedAt;
    }

    private Histogram histogram(Stage stage) {
        Histogram found = stages.get(stage);
        return found == null ? StageHistogram.fresh() : found;
    }

    private static Histogram decode(String worker, Stage stage, byte[] bytes) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), StageHistogram.HIGHEST_MICROS);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("the histogram of " + stage + " by " + worker + " cannot be read", e);
        }
    }
}
