package io.broadcaster.sender;

import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import io.broadcaster.sender.provider.apns.ApnsConfig;
import io.broadcaster.sender.provider.fcm.FcmConfig;
import io.broadcaster.sender.send.RetryPolicy;
import io.broadcaster.task.ConsumerConfig;
import java.time.Duration;

/**
 * The sections {@code sender}, {@code apns} and {@code fcm}. {@code consumer} holds for each platform by itself: the
 * platforms share no bound. {@code snapshotMemory} is in bytes, off the heap.
 */
public record SenderConfig(
        Transport transport,
        int eventLoops,
        ConsumerConfig consumer,
        long snapshotMemory,
        int snapshotParallelism,
        RetryPolicy retry,
        Intervals intervals,
        int rehearsalBatches,
        ApnsConfig apns,
        FcmConfig fcm) {
    /** Proofs at once: a person presses for each. */
    private static final int PROOFS_IN_FLIGHT = 4;

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** How batches reach the providers. */
    public enum Transport {
        /** Over HTTP/2 connections of our own. */
        BURST,
        /** Through the vendors' libraries: Pushy and the Firebase Admin SDK. */
        LIBRARY
    }

    /**
     * What happens how often: {@code watch} campaigns for snapshots to load, {@code abort} looks at launches in work,
     * {@code heartbeat} and {@code progress} tell of this worker. {@code ledgerLease} is how long a claim holds,
     * {@code snapshotWait} how long a batch waits for a snapshot that is being loaded; {@code secrets} are looked at for new keys.
     */
    public record Intervals(
            Duration watch,
            Duration abort,
            Duration heartbeat,
            Duration progress,
            Duration ledgerLease,
            Duration snapshotWait,
            Duration secrets) {}

    /** Reads the sections; {@link io.broadcaster.config.ConfigException} names every problem of the first bad one. */
    public static SenderConfig from(Settings settings) {
        Section section = settings.section(SectionName.SENDER);
        Transport transport = section.choice("transport", Transport.BURST);
        int eventLoops = section.integer("event-loops", 1, 1, 64);
        ConsumerConfig consumer = consumer(section);
        long snapshotMemory = section.whole("snapshot-memory", 1L << 30, 1L << 20, 1L << 40);
        int parallelism = section.integer("snapshot-parallelism", 4, 1, 64);
        RetryPolicy retry = retry(section);
        Intervals intervals = intervals(section);
        int rehearsal = section.integer("rehearsal-batches", 12_000, 0, 100_000);
        section.done();
        return new SenderConfig(
                transport,
                eventLoops,
                consumer,
                snapshotMemory,
                parallelism,
                retry,
                intervals,
                rehearsal,
                ApnsConfig.from(settings),
                FcmConfig.from(settings));
    }

    /** The bounds of the proofs' consumer. */
    ConsumerConfig proofs() {
        return new ConsumerConfig(
                1, PROOFS_IN_FLIGHT, consumer.longPoll(), consumer.visibility(), consumer.drainTime());
    }

    private static ConsumerConfig consumer(Section section) {
        int pollers = section.integer("pollers", 4, 1, 256);
        int batches = section.integer("batches-in-flight", 512, 1, 10_000);
        Duration longPoll =
                section.duration("long-poll", Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(20));
        Duration visibility =
                section.duration("visibility", Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofHours(1));
        Duration drainTime =
                section.duration("drain-time", Duration.ofSeconds(20), Duration.ZERO, Duration.ofMinutes(2));
        if (visibility.compareTo(longPoll) <= 0) {
            section.problem("visibility", "must be longer than sender.long-poll " + longPoll, visibility.toString());
            section.done();
        }
        return new ConsumerConfig(pollers, batches, longPoll, visibility, drainTime);
    }

    private static RetryPolicy retry(Section section) {
        return new RetryPolicy(
                section.integer("requests-max", 6, 1, 100),
                section.integer("ambiguous-max", 3, 1, 100),
                section.duration("retry-pause-first", Duration.ofMillis(200), Duration.ofMillis(1), SECOND),
                section.duration("retry-pause-max", Duration.ofSeconds(30), SECOND, Duration.ofMinutes(10)),
                section.duration("give-up-after", RetryPolicy.GIVE_UP_AFTER, SECOND, RetryPolicy.GIVE_UP_AFTER));
    }

    private static Intervals intervals(Section section) {
        return new Intervals(
                section.duration("watch-interval", SECOND, Duration.ofMillis(50), Duration.ofMinutes(1)),
                section.duration("abort-interval", Duration.ofMillis(250), Duration.ofMillis(10), SECOND),
                section.duration("heartbeat", SECOND, Duration.ofMillis(50), Duration.ofMinutes(1)),
                section.duration("progress-interval", Duration.ofMillis(250), Duration.ofMillis(50), SECOND),
                section.duration("ledger-lease", Duration.ofSeconds(60), SECOND, Duration.ofMinutes(10)),
                section.duration("snapshot-wait", Duration.ofSeconds(20), Duration.ZERO, Duration.ofMinutes(5)),
                section.duration(
                        "secrets-interval", Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofHours(1)));
    }
}
