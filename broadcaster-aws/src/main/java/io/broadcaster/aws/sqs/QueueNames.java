package io.broadcaster.aws.sqs;

import io.broadcaster.task.QueueName;

/** The names of a deployment's queues in SQS. */
final class QueueNames {
    private final String prefix;

    QueueNames(String prefix) {
        this.prefix = prefix;
    }

    String queue(QueueName name) {
        return prefix + "-" + name.wireName() + ".fifo";
    }

    String deadLetters(QueueName name) {
        return prefix + "-" + name.wireName() + "-dlq.fifo";
    }
}
