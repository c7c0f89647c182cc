package io.broadcaster.localcloud.sqs.http;

import io.broadcaster.localcloud.sqs.queue.FifoQueue;
import io.broadcaster.localcloud.sqs.queue.ReceiveOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** ReceiveMessage. A wait holds no thread; a client that leaves takes its wait along. */
final class ReceiveAction implements Action {
    private final QueueNames names;
    private final String account;

    ReceiveAction(QueueNames names, String account) {
        this.names = names;
        this.account = account;
    }

    @Override
    public CompletionStage<byte[]> run(byte[] body, Caller caller) throws IOException {
        ReceiveCall call = ReceiveCall.read(body);
        FifoQueue queue = names.queue(call.url());
        DeliveryWriter writer = new DeliveryWriter(account, call.systemAttributes(), call.messageAttributeNames());
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        FifoQueue.Ticket ticket =
                queue.receive(call.request(queue.settings()), outcome -> complete(answer, call, writer, outcome));
        if (!answer.isDone()) {
            caller.gone().get().whenComplete((left, failure) -> ticket.cancel());
        }
        return answer;
    }

    private static void complete(
            CompletableFuture<byte[]> answer, ReceiveCall call, DeliveryWriter writer, ReceiveOutcome outcome) {
        try {
            answer.complete(answer(call, writer, outcome));
        } catch (Refusal refusal) {
            answer.completeExceptionally(refusal);
        }
    }

    private static byte[] answer(ReceiveCall call, DeliveryWriter writer, ReceiveOutcome outcome) {
        return switch (outcome) {
            case ReceiveOutcome.Delivered(var messages) -> {
                try {
                    yield writer.write(messages);
                } catch (IOException e) {
                    throw new UncheckedIOException("Writing to memory failed", e);
                }
            }
            case ReceiveOutcome.AttemptSpent() ->
                throw Refusal.invalidParameter(
                        "ReceiveRequestAttemptId",
                        call.attemptId(),
                        "The receiveRequestAttemptId is not valid anymore since the receive call is not retryable.");
            case ReceiveOutcome.TooManyWaiters(int waitersMax) ->
                throw new Refusal(
                        ErrorCode.OVER_LIMIT, "More than " + waitersMax + " receives wait on this local queue.");
            case ReceiveOutcome.QueueGone() -> throw QueueNames.doesNotExist();
        };
    }
}
