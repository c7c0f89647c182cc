package io.broadcaster.fanout.settle;

import io.broadcaster.fanout.enqueue.Enqueued;
import io.broadcaster.fanout.enqueue.Enqueued.Unfinished;
import io.broadcaster.task.Handling;
import io.broadcaster.task.SliceTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Decides what becomes of a slice's message: deleted only when all of its batches are in tier 2; otherwise left to be
 * delivered again, and to the dead-letter queue after the queue's limit of deliveries. Stateless; any thread.
 */
public final class SliceSettlement {
    /** Before a slice comes again that the queue did not take: an outage must not use up its deliveries at once. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final SliceListener listener;
    private final InstantSource clock;

    public SliceSettlement(SliceListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** A slice whose batches were sent, or not. */
    public Handling settle(SliceTask slice, Enqueued enqueued, Instant started) {
        Duration took = Duration.between(started, clock.instant());
        return switch (enqueued) {
            case Enqueued.All _ -> {
                listener.finished(slice, took);
                yield Handling.DONE;
            }
            case Unfinished unfinished -> {
                listener.unfinished(slice, unfinished, took);
                yield switch (unfinished.cause()) {
                    case REFUSED, OUT_OF_TIME -> new Handling.Return(PAUSE);
                    case LEASE_ENDED -> Handling.RETURN_NOW;
                };
            }
        };
    }

    /** A message that is no slice: left for the dead-letter queue, or for a newer worker that can read it. */
    public Handling unreadable(String why, int receiveCount) {
        listener.unreadable(why, receiveCount);
        return new Handling.Return(PAUSE);
    }
}
