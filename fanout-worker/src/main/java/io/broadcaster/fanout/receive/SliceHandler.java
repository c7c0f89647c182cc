package io.broadcaster.fanout.receive;

import io.broadcaster.fanout.enqueue.BatchEnqueuer;
import io.broadcaster.fanout.settle.SliceSettlement;
import io.broadcaster.fanout.split.SliceSplitter;
import io.broadcaster.task.Handling;
import io.broadcaster.task.Lease;
import io.broadcaster.task.MessageHandler;
import io.broadcaster.task.TaskQueue.Received;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The life of one slice, top to bottom: read, split, enqueue, settle. Called on a virtual thread per slice. A slice past
 * its not-after goes on all the same: only a sender may write the ledger, and the batches that it records as expired are
 * what the reconciliation needs; nothing is sent to a phone.
 */
public final class SliceHandler implements MessageHandler {
    private final BatchEnqueuer enqueuer;
    private final SliceSettlement settlement;
    private final InstantSource clock;

    public SliceHandler(BatchEnqueuer enqueuer, SliceSettlement settlement, InstantSource clock) {
        this.enqueuer = enqueuer;
        this.settlement = settlement;
        this.clock = clock;
    }

    @Override
    public Handling handle(Received message, Lease lease) throws InterruptedException {
        Instant started = clock.instant();
        return switch (SliceReading.of(message)) {
            case SliceReading.Unreadable(String why) -> settlement.unreadable(why, message.receiveCount());
            case SliceReading.Read(var slice) -> {
                var batches = SliceSplitter.split(slice, message.receiveCount());
                yield settlement.settle(slice, enqueuer.enqueue(batches, lease), started);
            }
        };
    }
}
