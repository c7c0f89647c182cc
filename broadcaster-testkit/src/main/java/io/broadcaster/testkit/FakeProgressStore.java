package io.broadcaster.testkit;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.WorkerProgress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Live figures in memory. Safe for any thread. */
public final class FakeProgressStore implements ProgressStore {
    private final Map<Row, WorkerProgress> rows = new ConcurrentHashMap<>();
    private final Faults<Call> faults = new Faults<>(Call.class);

    private record Row(LaunchId launch, String worker) {}

    /** The kinds of call that can be made to fail. */
    public enum Call {
        WRITE,
        READ
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    @Override
    public void write(WorkerProgress progress) {
        var row = new Row(progress.launch(), progress.worker());
        faults.around(Call.WRITE, FakeProgressStore::failure, () -> {
            rows.put(row, progress);
            return row;
        });
    }

    @Override
    public List<WorkerProgress> read(LaunchId launch) {
        return faults.around(
                Call.READ,
                FakeProgressStore::failure,
                () -> rows.values().stream()
                        .filter(progress -> progress.launch().equals(launch))
                        .toList());
    }

    private static StoreException failure() {
        return new StoreException("planned fault of the progress store");
    }
}
