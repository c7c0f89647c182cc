package io.broadcaster.aws.sqs;

import io.broadcaster.task.TaskQueue.QueueException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A queue by its name, and the calls on it: one that fails is a {@link QueueException} that names operation and queue. Safe
 * for any thread; a race looks the URL up twice and gets the same.
 */
final class NamedQueue {
    private final SqsAsyncClient client;
    private final String name;
    private volatile @Nullable String url;

    NamedQueue(SqsAsyncClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Waits for the answer to a call that is made with the queue's URL. */
    <T> T call(String operation, Function<String, CompletableFuture<T>> sdkCall) {
        try {
            return Answer.of(sdkCall.apply(url()));
        } catch (QueueDoesNotExistException e) {
            throw new QueueException(
                    operation + " on queue " + name + " failed: no such queue, run provision first", e);
        } catch (SdkException e) {
            throw new QueueException(operation + " on queue " + name + " failed", e);
        }
    }

    private String url() {
        String known = url;
        if (known == null) {
            known = Answer.of(client.getQueueUrl(request -> request.queueName(name)))
                    .queueUrl();
            url = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return name;
    }
}
