package io.broadcaster.testkit;

import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Heartbeats in memory; nothing ever ages out. Safe for any thread. */
public final class FakeWorkerRegistry implements WorkerRegistry {
    private final Map<String, WorkerStatus> workers = new ConcurrentHashMap<>();
    private final Faults<Call> faults = new Faults<>(Call.class);

    /** The kinds of call that can be made to fail. */
    public enum Call {
        HEARTBEAT
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    @Override
    public void heartbeat(WorkerStatus status) {
        faults.around(Call.HEARTBEAT, () -> new StoreException("planned fault of the worker registry"), () -> {
            workers.put(status.worker(), status);
            return status;
        });
    }

    @Override
    public void leave(String worker) {
        workers.remove(worker);
    }

    @Override
    public List<WorkerStatus> all() {
        return List.copyOf(workers.values());
    }
}
