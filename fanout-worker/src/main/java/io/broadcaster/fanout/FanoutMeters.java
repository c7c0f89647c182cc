package io.broadcaster.fanout;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.Stage;
import io.broadcaster.fanout.enqueue.EnqueueListener;
import io.broadcaster.fanout.enqueue.Enqueued.Cause;
import io.broadcaster.fanout.enqueue.Enqueued.Unfinished;
import io.broadcaster.fanout.settle.SliceListener;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.telemetry.LaunchTimings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the fan-out tells: meters (the names are here and nowhere else), the stage BATCH_SENT of each launch, and a log line
 * per slice. The receive loop's own figures are {@code broadcaster.queue.*} of telemetry. Any thread.
 */
final class FanoutMeters implements EnqueueListener, SliceListener {
    private static final Logger log = LoggerFactory.getLogger(FanoutMeters.class);

    private final LaunchTimings timings;
    private final Map<Platform, Counter> batchesSent = new EnumMap<>(Platform.class);
    private final Map<Cause, Counter> unfinished = new EnumMap<>(Cause.class);
    private final Counter callsFailed;
    private final Counter entriesRepeated;
    private final Counter entriesRefused;
    private final Counter slicesFinished;
    private final Counter slicesUnreadable;
    private final Timer callTime;
    private final Timer sliceTime;
    private final AtomicInteger callsInFlight = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();

    FanoutMeters(MeterRegistry registry, LaunchTimings timings, FanoutConfig config) {
        this.timings = timings;
        for (Platform platform : Platform.values()) {
            batchesSent.put(
                    platform,
                    Counter.builder("broadcaster.fanout.batches.sent")
                            .description("batches put into tier 2")
                            .tag("platform", platform.wireName())
                            .register(registry));
        }
        for (Cause cause : Cause.values()) {
            unfinished.put(
                    cause,
                    Counter.builder("broadcaster.fanout.slices.unfinished")
                            .description("slices left to be delivered again")
                            .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        slicesFinished = counter(registry, "broadcaster.fanout.slices.finished", "slices with all batches in tier 2");
        slicesUnreadable = counter(registry, "broadcaster.fanout.slices.unreadable", "messages that are no slice");
        callsFailed = counter(registry, "broadcaster.fanout.calls.failed", "send calls that failed as a whole");
        entriesRepeated = counter(registry, "broadcaster.fanout.entries.repeated", "batches sent again");
        entriesRefused = counter(registry, "broadcaster.fanout.entries.refused", "batches that the queue refuses");
        callTime = Timer.builder("broadcaster.fanout.call.time")
                .description("one send call of up to ten batches")
                .publishPercentileHistogram()
                .register(registry);
        sliceTime = Timer.builder("broadcaster.fanout.slice.time")
                .description("from a slice's receipt to its last batch in tier 2")
                .publishPercentileHistogram()
                .register(registry);
        Gauge.builder("broadcaster.fanout.calls.inflight", callsInFlight, AtomicInteger::get)
                .description("send calls under way")
                .register(registry);
        Gauge.builder(
                        "broadcaster.fanout.calls.inflight.max",
                        () -> config.enqueue().callsInFlightMax())
                .description("bound of broadcaster.fanout.calls.inflight")
                .register(registry);
    }

    @Override
    public void callStarted() {
        callsInFlight.incrementAndGet();
    }

    @Override
    public void callEnded(Duration took) {
        callsInFlight.decrementAndGet();
        callTime.record(took);
    }

    @Override
    public void callFailed(int entries, QueueException cause) {
        callsFailed.increment();
        entriesRepeated.increment(entries);
        if (failing.compareAndSet(false, true)) {
            log.atWarn().setCause(cause).log("calls to tier 2 fail; their batches are sent again");
        }
    }

    @Override
    public void entryFailed(BatchTask batch, FailedEntry entry) {
        if (entry.senderFault()) {
            entriesRefused.increment();
            log.atError()
                    .addKeyValue("batch", batch.messageId())
                    .addKeyValue("code", entry.code())
                    .log("the queue refuses a batch");
        } else {
            entriesRepeated.increment();
        }
    }

    @Override
    public void sent(BatchTask batch, Instant at) {
        if (failing.get() && failing.compareAndSet(true, false)) {
            log.info("calls to tier 2 succeed again");
        }
        Objects.requireNonNull(batchesSent.get(batch.platform())).increment();
        long micros = ChronoUnit.MICROS.between(batch.launch().pressedAt(), at);
        timings.record(batch.launch().id(), Stage.BATCH_SENT, micros);
    }

    @Override
    public void finished(SliceTask slice, Duration took) {
        slicesFinished.increment();
        sliceTime.record(took);
        log.atInfo()
                .addKeyValue("slice", slice.messageId())
                .addKeyValue("batches", slice.batches())
                .log("slice sent in {} ms", took.toMillis());
    }

    @Override
    public void unfinished(SliceTask slice, Unfinished how, Duration took) {
        Objects.requireNonNull(unfinished.get(how.cause())).increment();
        log.atWarn()
                .addKeyValue("slice", slice.messageId())
                .addKeyValue("missing", how.missing())
                .addKeyValue("cause", how.cause())
                .log("slice not finished in {} ms, it will come again", took.toMillis());
    }

    @Override
    public void unreadable(String why, int receiveCount) {
        slicesUnreadable.increment();
        if (receiveCount == 1) { // once, not at each of its deliveries
            log.atError().addKeyValue("why", why).log("a message of tier 1 is no slice; it goes to the dead letters");
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
