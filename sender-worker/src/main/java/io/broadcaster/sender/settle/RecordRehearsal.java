package io.broadcaster.sender.settle;

import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore.Write;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.Handling;
import io.broadcaster.task.Lease;
import io.broadcaster.task.MessageHandler;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Received;
import java.time.InstantSource;
import java.util.Arrays;

/** Records batches of no launch as accepted, for a sender that rehearses over queues and a ledger that answer themselves. */
public final class RecordRehearsal implements MessageHandler {
    private final Ledger ledger;
    private final InstantSource clock;

    public RecordRehearsal(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Handling handle(Received message, Lease lease) {
        BatchTask task = TaskCodec.readBatch(message.body());
        var key = new BatchKey(task.launch().id(), task.platform(), task.batch());
        LedgerRow row = ledger.unclaimed(key, task.platform().batchMax(), clock.instant());
        byte[] accepted = row.outcomes().clone();
        Arrays.fill(accepted, OutcomeCode.ACCEPTED.code());
        return ledger.recordFirst(LedgerMerge.with(row, accepted)) == Write.WRITTEN
                ? Handling.DONE
                : Handling.RETURN_NOW;
    }
}
