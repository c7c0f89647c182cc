package io.broadcaster.localcloud.sqs.http;

import io.broadcaster.localcloud.sqs.queue.MoveTasks;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The API's actions by name: the contents page of this package. */
final class Actions {
    private Actions() {}

    private interface Immediate {
        byte[] run(byte[] body, String authority) throws IOException;
    }

    private interface Plain {
        byte[] run(byte[] body) throws IOException;
    }

    static Map<String, Action> all(QueueRegistry registry, MoveTasks moveTasks, String account) {
        QueueNames names = new QueueNames(registry, account);
        SendActions send = new SendActions(names);
        SettleActions settle = new SettleActions(names);
        QueueActions queues = new QueueActions(names);
        MoveActions moves = new MoveActions(registry, moveTasks);
        Map<String, Action> all = new HashMap<>();
        all.put("SendMessage", plain(send::send));
        all.put("SendMessageBatch", plain(send::sendBatch));
        all.put("ReceiveMessage", new ReceiveAction(names, account));
        all.put("DeleteMessage", plain(settle::delete));
        all.put("DeleteMessageBatch", plain(settle::deleteBatch));
        all.put("ChangeMessageVisibility", plain(settle::changeVisibility));
        all.put("ChangeMessageVisibilityBatch", plain(settle::changeVisibilityBatch));
        all.put("CreateQueue", immediate(queues::create));
        all.put("GetQueueUrl", immediate(queues::url));
        all.put("ListQueues", immediate(queues::list));
        all.put("ListDeadLetterSourceQueues", immediate(queues::deadLetterSources));
        all.put("DeleteQueue", plain(queues::delete));
        all.put("GetQueueAttributes", plain(queues::attributes));
        all.put("SetQueueAttributes", plain(queues::setAttributes));
        all.put("PurgeQueue", plain(queues::purge));
        all.put("TagQueue", plain(queues::tag));
        all.put("UntagQueue", plain(queues::untag));
        all.put("ListQueueTags", plain(queues::tags));
        all.put("StartMessageMoveTask", plain(moves::start));
        all.put("ListMessageMoveTasks", plain(moves::list));
        all.put("CancelMessageMoveTask", plain(moves::cancel));
        return Map.copyOf(all);
    }

    private static Action immediate(Immediate action) {
        return (body, caller) -> CompletableFuture.completedFuture(action.run(body, caller.authority()));
    }

    private static Action plain(Plain action) {
        return (body, caller) -> CompletableFuture.completedFuture(action.run(body));
    }
}
