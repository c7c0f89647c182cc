package io.broadcaster.aws.sqs;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The URL of a queue, looked up once. Safe for any thread: a race looks it up twice and gets the same. */
final class QueueUrl {
    private final SqsAsyncClient client;
    private final String name;
    private volatile @Nullable String url;

    QueueUrl(SqsAsyncClient client, String name) {
        this.client = client;
        this.name = name;
    }

    String get() {
        String known = url;
        if (known == null) {
            known = Answer.of(client.getQueueUrl(request -> request.queueName(name)))
                    .queueUrl();
            url = known;
        }
        return known;
    }
}
