package io.broadcaster.loader;

import io.broadcaster.loader.store.SpoolCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The loader's meters. Identity: {@code started = sealed + failed + dropped + interrupted + broken + running}. Safe for any
 * thread.
 */
final class LoaderMeters {
    final MeterRegistry registry;
    final Counter started;
    final Counter sealed;
    final Counter failed;
    final Counter dropped;
    final Counter interrupted;
    final Counter broken;
    final Counter unreadable;
    final Counter rows;
    final Counter malformedRows;
    final Counter usersWithoutDevice;
    final Counter devicesFound;
    final Counter segments;
    final Timer loadTime;
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger lookUps = new AtomicInteger();

    LoaderMeters(MeterRegistry registry, LoaderConfig config) {
        this.registry = registry;
        started = counter(registry, "broadcaster.loader.loads.started", "attempts to load that were begun");
        sealed = counter(registry, "broadcaster.loader.loads.sealed", "attempts that ended with a sealed snapshot");
        failed = counter(registry, "broadcaster.loader.loads.failed", "attempts that failed the campaign");
        dropped = counter(registry, "broadcaster.loader.loads.dropped", "attempts for a campaign not loading any more");
        interrupted =
                counter(registry, "broadcaster.loader.loads.interrupted", "attempts given back for another loader");
        broken = counter(registry, "broadcaster.loader.loads.broken", "attempts that a failing store ended; repeated");
        unreadable = counter(registry, "broadcaster.loader.tasks.unreadable", "messages that are no load task");
        rows = counter(registry, "broadcaster.loader.rows", "rows read");
        malformedRows = counter(registry, "broadcaster.loader.rows.malformed", "rows set aside");
        usersWithoutDevice = counter(registry, "broadcaster.loader.users.deviceless", "users without a device");
        devicesFound = counter(registry, "broadcaster.loader.devices.found", "devices found, duplicates included");
        segments = counter(registry, "broadcaster.loader.segments", "work segments written");
        loadTime = Timer.builder("broadcaster.loader.load")
                .description("time of an attempt that sealed a snapshot")
                .register(registry);
        gauge(registry, "broadcaster.loader.loads.running", "loads under way", running);
        gauge(registry, "broadcaster.loader.lookups", "look-ups of devices that wait for an answer", lookUps);
        bound(registry, "broadcaster.loader.loads.running.max", config.loadsMax());
        bound(registry, "broadcaster.loader.lookups.max", config.parallelism() * config.loadsMax());
        bound(registry, "broadcaster.loader.segment.bytes.max", config.segmentBytes());
        bound(registry, "broadcaster.loader.pass.bytes.max", config.passBytes());
    }

    /** Counts what a chunk added. */
    void found(SpoolCounts before, SpoolCounts after) {
        rows.increment((double) (after.rows() - before.rows()));
        malformedRows.increment((double) (after.malformedRows() - before.malformedRows()));
        usersWithoutDevice.increment((double) (after.usersWithoutDevice() - before.usersWithoutDevice()));
        devicesFound.increment((double) (after.devices() - before.devices()));
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get).description(description).register(registry);
    }

    private static void bound(MeterRegistry registry, String name, int value) {
        Gauge.builder(name, () -> value)
                .description("bound of the meter of this name without .max")
                .register(registry);
    }
}
