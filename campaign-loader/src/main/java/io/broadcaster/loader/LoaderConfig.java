package io.broadcaster.loader;

import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import io.broadcaster.loader.read.ReadLimits;
import io.broadcaster.task.ConsumerConfig;
import java.time.Duration;

/**
 * The section {@code loader}. Heap of one load: about {@code 2 × segment-bytes} while resolving, {@code pass-bytes} and four
 * parts of 8 MiB while writing, whatever the audience's size.
 */
public record LoaderConfig(
        int loadsMax,
        int parallelism,
        int segmentBytes,
        int passBytes,
        long decompressedBytesMax,
        int ratioMax,
        long rowsMax,
        Duration visibility,
        Duration longPoll,
        Duration drainTime,
        Duration progressInterval,
        Duration heartbeatInterval,
        int attemptsMax,
        Duration retryDelay) {
    private static final int MIB = 1 << 20;
    private static final long GIB = 1L << 30;

    /** Reads the section; {@link io.broadcaster.config.ConfigException} names every problem. */
    public static LoaderConfig from(Settings settings) {
        Section section = settings.section(SectionName.LOADER);
        var config = new LoaderConfig(
                section.integer("loads-max", 1, 1, 8),
                section.integer("parallelism", 16, 1, 256),
                section.integer("segment-bytes", 16 * MIB, 4_096, 32 * MIB),
                section.integer("pass-bytes", 32 * MIB, 4_096, 64 * MIB),
                section.whole("decompressed-bytes-max", 64 * GIB, 1, 1_024 * GIB),
                section.integer("ratio-max", 200, 1, 100_000),
                section.whole("rows-max", 1_000_000_000, 1, 1_000_000_000_000L),
                section.duration("visibility", Duration.ofSeconds(60), Duration.ofSeconds(21), Duration.ofHours(12)),
                section.duration("long-poll", Duration.ofSeconds(20), Duration.ofMillis(0), Duration.ofSeconds(20)),
                section.duration("drain-time", Duration.ofMillis(0), Duration.ofMillis(0), Duration.ofMinutes(10)),
                section.duration(
                        "progress-interval", Duration.ofMillis(500), Duration.ofMillis(50), Duration.ofSeconds(1)),
                section.duration(
                        "heartbeat-interval", Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMinutes(1)),
                section.integer("attempts-max", 4, 1, 100),
                section.duration("retry-delay", Duration.ofSeconds(5), Duration.ofMillis(0), Duration.ofMinutes(15)));
        section.done();
        return config;
    }

    /** The bounds of the receive loop; without a drain time a load stops where it is, to be resumed elsewhere. */
    ConsumerConfig consumer() {
        return new ConsumerConfig(1, loadsMax, longPoll, visibility, drainTime);
    }

    /** What an audience may decompress to. */
    ReadLimits readLimits() {
        return new ReadLimits(decompressedBytesMax, ratioMax, rowsMax);
    }
}
