package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.WorkerProgress;
import io.broadcaster.sender.receive.BatchListener;
import io.broadcaster.sender.settle.SettlementListener;
import io.broadcaster.telemetry.LaunchRecorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What a sender tells of its launches: the counts that the API's finisher waits for, written as the real ones are. */
final class SenderFigures implements LaunchRecorder, BatchListener, SettlementListener {
    private final String worker;
    private final ProgressStore store;
    private final InstantSource clock;
    private final Map<LaunchId, EnumMap<Platform, OutcomeCounts>> counts = new HashMap<>();
    private boolean changed;

    SenderFigures(String worker, ProgressStore store, InstantSource clock) {
        this.worker = worker;
        this.store = store;
        this.clock = clock;
    }

    /** Writes what has changed; a failure is made good by the next. */
    void flush() {
        if (!changed) {
            return;
        }
        changed = false;
        try {
            counts.forEach((launch, each) ->
                    store.write(new WorkerProgress(launch, worker, copy(each), Map.of(), clock.instant())));
        } catch (StoreException e) {
            changed = true;
            throw e;
        }
    }

    private static Map<Platform, OutcomeCounts> copy(EnumMap<Platform, OutcomeCounts> counts) {
        var copy = new EnumMap<Platform, OutcomeCounts>(Platform.class);
        counts.forEach((platform, of) ->
                copy.computeIfAbsent(platform, _ -> new OutcomeCounts()).add(of));
        return copy;
    }

    @Override
    public void record(LaunchId launch, Stage stage, long micros, int times) {}

    @Override
    public void count(LaunchId launch, Platform platform, OutcomeCode code, long devices) {
        counts.computeIfAbsent(launch, _ -> new EnumMap<>(Platform.class))
                .computeIfAbsent(platform, _ -> new OutcomeCounts())
                .add(code, devices);
        changed = true;
    }

    @Override
    public void attempts(Platform platform, SendOutcome outcome, int requests) {}

    @Override
    public void settled(Platform platform, OutcomeCode code, long devices) {}

    @Override
    public void batchSent(Platform platform, Duration took) {}

    @Override
    public void unreadable(Platform platform, int receiveCount, InvalidInput why) {}

    @Override
    public void recordFailed(StoreException cause) {}

    @Override
    public void superseded(int devicesFromBoth) {}
}
