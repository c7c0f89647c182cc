package io.broadcaster.fanout;

import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import io.broadcaster.fanout.enqueue.BatchEnqueuer;
import io.broadcaster.task.ConsumerConfig;
import java.time.Duration;

/**
 * The section {@code fanout}: how slices are received ({@code pollers} long polls, {@code slices-in-flight} at once), how
 * batches are sent ({@code calls-in-flight} calls of ten at once, repeated for {@code retry-time}), how often the worker
 * tells of itself, and of how many batches it rehearses before it is ready.
 */
public record FanoutConfig(
        ConsumerConfig consumer,
        BatchEnqueuer.Limits enqueue,
        Duration heartbeat,
        Duration progressInterval,
        int rehearsalBatches) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Reads the section; {@link io.broadcaster.config.ConfigException} names every problem. */
    public static FanoutConfig from(Settings settings) {
        Section section = settings.section(SectionName.FANOUT);
        int pollers = section.integer("pollers", 4, 1, 256);
        int slices = section.integer("slices-in-flight", 32, 1, 10_000);
        Duration longPoll =
                section.duration("long-poll", Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(20));
        Duration visibility =
                section.duration("visibility", Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofHours(1));
        Duration drainTime =
                section.duration("drain-time", Duration.ofSeconds(20), Duration.ZERO, Duration.ofMinutes(2));
        int calls = section.integer("calls-in-flight", 64, 1, 10_000);
        Duration retryTime = section.duration("retry-time", Duration.ofMinutes(1), SECOND, Duration.ofMinutes(4));
        Duration heartbeat = section.duration("heartbeat", Duration.ofSeconds(2), SECOND, Duration.ofMinutes(1));
        Duration progress =
                section.duration("progress-interval", Duration.ofMillis(250), Duration.ofMillis(50), SECOND);
        int rehearsal = section.integer("rehearsal-batches", 12_000, 0, 1_000_000);
        if (visibility.compareTo(longPoll) <= 0) {
            section.problem("visibility", "must be longer than fanout.long-poll " + longPoll, visibility.toString());
        }
        section.done();
        return new FanoutConfig(
                new ConsumerConfig(pollers, slices, longPoll, visibility, drainTime),
                new BatchEnqueuer.Limits(calls, retryTime),
                heartbeat,
                progress,
                rehearsal);
    }
}
