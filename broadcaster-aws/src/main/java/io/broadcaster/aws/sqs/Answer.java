package io.broadcaster.aws.sqs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Waits for the answer of an asynchronous call, so that an interrupt ends the call at once: a worker that drains must not
 * wait for a long poll, and the SDK's blocking client on the CRT does not listen to interrupts.
 */
final class Answer {
    private Answer() {}

    /** The answer, or the call's own {@link SdkException}; {@link AbortedException} with the interrupt kept when interrupted. */
    static <T> T of(CompletableFuture<T> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while waiting for the answer", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SdkException failure
                    ? failure
                    : SdkClientException.create("the call failed", e.getCause());
        }
    }
}
