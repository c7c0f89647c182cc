package io.broadcaster.api;

import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.identity.SessionEndStore;
import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Redrive;
import io.broadcaster.task.TaskQueue;
import java.util.Map;

/** Everything outside this process that the API works with. */
public record ApiPorts(
        CampaignStore campaigns,
        LedgerStore ledger,
        ProgressStore progress,
        WorkerRegistry workers,
        ProofStore proofs,
        TestDeviceStore testDevices,
        LoadProgressStore loadProgress,
        AuditStore audit,
        SessionEndStore sessionEnds,
        ObjectStore objects,
        Map<QueueName, TaskQueue> queues,
        Map<QueueName, DeadLetterQueue> deadLetters) {
    public ApiPorts {
        queues = Map.copyOf(queues);
        deadLetters = Map.copyOf(deadLetters);
    }

    /** One queue. */
    public TaskQueue queue(QueueName name) {
        return one(queues, name);
    }

    /** Putting back what gave up on one queue. */
    public Redrive redrive(QueueName name) {
        return new Redrive(name, queue(name), one(deadLetters, name), campaigns);
    }

    private static <T> T one(Map<QueueName, T> all, QueueName name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalStateException("no queue " + name);
        }
        return found;
    }
}
