package io.broadcaster.localcloud.sqs.http;

import io.broadcaster.localcloud.sqs.queue.FifoQueue;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry;
import io.broadcaster.localcloud.sqs.queue.RegisteredQueue;
import java.util.regex.Pattern;

/** Queue URLs, names and what they stand for. A URL's host is not looked at, only its account and name. */
final class QueueNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,75}\\.fifo");

    private final QueueRegistry registry;
    private final String account;

    QueueNames(QueueRegistry registry, String account) {
        this.registry = registry;
        this.account = account;
    }

    QueueRegistry registry() {
        return registry;
    }

    static boolean isFifoName(String name) {
        return NAME.matcher(name).matches();
    }

    String url(String authority, String name) {
        return "http://" + authority + "/" + account + "/" + name;
    }

    FifoQueue queue(String url) {
        return registered(url).queue();
    }

    RegisteredQueue registered(String url) {
        if (url.isEmpty()) {
            throw Refusal.missing("QueueUrl");
        }
        int nameStart = url.lastIndexOf('/') + 1;
        if (!url.regionMatches(nameStart - 1 - account.length(), account, 0, account.length())) {
            throw doesNotExist();
        }
        return named(url.substring(nameStart));
    }

    RegisteredQueue named(String name) {
        RegisteredQueue queue = registry.find(name);
        if (queue == null) {
            throw doesNotExist();
        }
        return queue;
    }

    static Refusal doesNotExist() {
        return new Refusal(ErrorCode.QUEUE_DOES_NOT_EXIST, "The specified queue does not exist.");
    }
}
