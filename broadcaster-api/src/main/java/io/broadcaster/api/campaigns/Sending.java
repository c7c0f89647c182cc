package io.broadcaster.api.campaigns;

import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import java.util.List;

/** Sends a single message. */
final class Sending {
    private Sending() {}

    /** Empty when the message is in the queue; otherwise why it may not be. */
    static String one(TaskQueue queue, String id, String body) {
        try {
            List<FailedEntry> failed = queue.send(List.of(new Outgoing(id, body)));
            return failed.isEmpty() ? "" : failed.getFirst().code();
        } catch (QueueException e) {
            return "the queue did not answer";
        }
    }
}
