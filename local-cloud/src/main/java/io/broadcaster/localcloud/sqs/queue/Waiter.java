package io.broadcaster.localcloud.sqs.queue;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A receive that waits for messages, a node of the {@link WaitingLine}. Guarded by the queue's lock. */
final class Waiter extends Due {
    final ReceiveRequest request;
    final Consumer<ReceiveOutcome> answer;

    boolean inLine;

    @Nullable Waiter ahead;

    @Nullable Waiter behind;

    Waiter(ReceiveRequest request, Consumer<ReceiveOutcome> answer) {
        this.request = request;
        this.answer = answer;
    }
}
