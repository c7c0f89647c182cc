package io.broadcaster.aws.sqs;

import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The queues of one deployment. Safe for any thread. */
public final class SqsQueues {
    private final Map<QueueName, TaskQueue> queues = new EnumMap<>(QueueName.class);
    private final Map<QueueName, DeadLetterQueue> deadLetters = new EnumMap<>(QueueName.class);

    public SqsQueues(SqsAsyncClient client, String prefix) {
        var names = new QueueNames(prefix);
        for (QueueName name : QueueName.values()) {
            queues.put(name, new SqsTaskQueue(client, names.queue(name), names.deadLetters(name)));
            deadLetters.put(name, new SqsDeadLetterQueue(client, names.deadLetters(name)));
        }
    }

    /** One queue; it is looked up at its first call. */
    public TaskQueue queue(QueueName name) {
        return Objects.requireNonNull(queues.get(name));
    }

    /** What gave up on one queue; it is looked up at its first call. */
    public DeadLetterQueue deadLetters(QueueName name) {
        return Objects.requireNonNull(deadLetters.get(name));
    }
}
