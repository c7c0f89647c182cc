package io.broadcaster.telemetry;

import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerVitals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the registry at each interval, and at {@link #now} when something has changed, how this worker and its process are;
 * on close the worker leaves. Its {@link Rounds} are called {@code heartbeat}.
 */
public final class Heartbeat implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final WorkerRegistry registry;
    private final Supplier<WorkerStatus> status;
    private final Rounds beats;

    private Heartbeat(WorkerRegistry registry, Supplier<WorkerStatus> status, Rounds beats) {
        this.registry = registry;
        this.status = status;
        this.beats = beats;
    }

    /** The first beat is sent at once, on the heartbeat's own thread; each tells the status with these vitals. */
    public static Heartbeat start(
            WorkerRegistry registry,
            MeterRegistry meters,
            Supplier<WorkerStatus> status,
            Supplier<WorkerVitals> vitals,
            Duration interval) {
        Runnable beat = () -> registry.heartbeat(status.get().with(vitals.get()));
        return new Heartbeat(registry, status, Rounds.start("heartbeat", interval, meters, beat));
    }

    /** Something worth telling has changed: beat without waiting for the interval. Never blocks. */
    public void now() {
        beats.now();
    }

    /** Stops beating and leaves the registry; a registry that cannot be told ages the worker out by itself. */
    @Override
    public void close() {
        beats.close();
        try {
            registry.leave(status.get().worker());
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the worker registry could not be told that this worker leaves");
        }
    }
}
