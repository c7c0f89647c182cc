package io.broadcaster.sender.receive;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.Stage;
import io.broadcaster.sender.send.BatchDrive;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchResult;
import io.broadcaster.sender.send.Stop;
import io.broadcaster.sender.send.StopSignal;
import io.broadcaster.sender.settle.Settlement;
import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.Handling;
import io.broadcaster.task.Lease;
import io.broadcaster.task.MessageHandler;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.telemetry.LaunchRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the batches of one platform: snapshot, ledger, send, record, and only then done. Called by the consumer on a
 * virtual thread per batch. A body that cannot be read throws, and ends in the dead-letter queue.
 */
public final class BatchHandler implements MessageHandler {
    /** A snapshot that cannot be had now may be had then; meanwhile another sender may have it. */
    static final Duration SNAPSHOT_PAUSE = Duration.ofSeconds(2);

    /** The same batch is in work here, or its record could not be written. */
    static final Duration CONFLICT_PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(BatchHandler.class);
    private static final Optional<Stop> GIVEN_BACK = Optional.of(Stop.GIVEN_BACK);
    private static final Optional<Stop> ABORTED = Optional.of(Stop.ABORTED);

    private final Platform platform;
    private final SnapshotSource snapshots;
    private final Settlement settlement;
    private final BatchDrive drive;
    private final LaunchWatch watch;
    private final LaunchRecorder timings;
    private final BatchListener listener;
    private final InstantSource clock;
    private final ClaimRoom claims;
    private final Set<BatchKey> inWork = ConcurrentHashMap.newKeySet();

    /** What the handlers of both platforms share. */
    public record Shared(
            SnapshotSource snapshots,
            Settlement settlement,
            LaunchWatch watch,
            LaunchRecorder timings,
            BatchListener listener,
            InstantSource clock) {}

    public BatchHandler(Platform platform, BatchDrive drive, Shared shared) {
        this.platform = platform;
        this.drive = drive;
        this.snapshots = shared.snapshots();
        this.settlement = shared.settlement();
        this.watch = shared.watch();
        this.timings = shared.timings();
        this.listener = shared.listener();
        this.clock = shared.clock();
        this.claims = new ClaimRoom(drive.outstandingMax(), clock);
    }

    /** Devices claimed under at-most-once whose batch is not recorded yet. */
    public int claimedDevices() {
        return claims.devices();
    }

    /** Bound of {@link #claimedDevices}. */
    public int claimedDevicesMax() {
        return claims.devicesMax();
    }

    @Override
    public Handling handle(Received message, Lease lease) throws InterruptedException {
        BatchTask task = readable(message);
        var timed = new TimedBatch(task.launch(), platform, timings, listener);
        if (message.receiveCount() == 1) {
            timed.record(Stage.BATCH_RECEIVED, clock.instant());
        }
        var key = new BatchKey(task.launch().id(), platform, task.batch());
        if (!inWork.add(key)) {
            return new Handling.Return(CONFLICT_PAUSE);
        }
        LaunchInWork launch = watch.enter(task.launch());
        launch.received(message.sentAt(), clock.instant());
        try {
            Optional<SnapshotInUse> borrowed = snapshots.borrow(task.launch());
            if (borrowed.isEmpty()) {
                return new Handling.Elsewhere(SNAPSHOT_PAUSE);
            }
            try (SnapshotInUse snapshot = borrowed.get()) {
                return work(new Batch(task, key, snapshot, launch, timed), message, lease);
            }
        } finally {
            launch.leave(clock.instant());
            inWork.remove(key);
        }
    }

    private BatchTask readable(Received message) {
        try {
            BatchTask task = TaskCodec.readBatch(message.body());
            if (task.platform() == platform) {
                return task;
            }
            throw new InvalidInput("task.platform", "must be " + platform.wireName(), task.platform());
        } catch (InvalidInput e) {
            listener.unreadable(platform, message.receiveCount(), e);
            throw e;
        }
    }

    private record Batch(BatchTask task, BatchKey key, SnapshotInUse snapshot, LaunchInWork launch, TimedBatch timed) {
        int devices() {
            return snapshot.devices(key.platform(), key.batch());
        }
    }

    /** Under at-most-once a claim alone can cost the devices their notification: it waits until they can be sent. */
    private Handling work(Batch batch, Received message, Lease lease) throws InterruptedException {
        return switch (batch.task().launch().policy()) {
            case AT_LEAST_ONCE -> begin(batch, message, lease);
            case AT_MOST_ONCE -> {
                int devices = batch.devices();
                if (!claims.enter(devices, lease::held)) {
                    yield Handling.RETURN_NOW;
                }
                try {
                    yield begin(batch, message, lease);
                } finally {
                    claims.leave(devices);
                }
            }
        };
    }

    private Handling begin(Batch batch, Received message, Lease lease) {
        var delivery = new Settlement.Delivery(message.receiveCount(), message.sentAt(), lease::held);
        return switch (settlement.begin(batch.task(), batch.devices(), delivery)) {
            case Settlement.Start.Settled _ -> Handling.DONE;
            case Settlement.Start.Held(Instant until) -> new Handling.Return(untilFree(until));
            case Settlement.Start.Send start -> {
                if (start.claimed()) {
                    watch.look(batch.launch());
                } else {
                    watch.lookIfUnwatched(batch.launch());
                }
                yield send(batch, start, lease);
            }
        };
    }

    private Duration untilFree(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.compareTo(CONFLICT_PAUSE) > 0 ? left : CONFLICT_PAUSE;
    }

    private Handling send(Batch batch, Settlement.Start.Send start, Lease lease) {
        Instant began = clock.instant();
        LaunchInWork launch = batch.launch();
        StopSignal signal = () -> lease.held() ? launch.aborted() ? ABORTED : Optional.empty() : GIVEN_BACK;
        BatchResult result =
                drive.send(request(batch), start.plan().until(launch.notAfterHere()), signal, batch.timed());
        if (!result.lastAnsweredAt().equals(Instant.EPOCH)) {
            batch.timed().record(Stage.LAST_ANSWER, result.lastAnsweredAt());
        }
        Optional<OutcomeCounts> recorded = settlement.record(start, result, lease::held);
        if (recorded.isEmpty()) {
            return new Handling.Return(CONFLICT_PAUSE);
        }
        count(batch, recorded.get(), result, began);
        return complete(result) ? Handling.DONE : Handling.RETURN_NOW;
    }

    private static BatchRequest request(Batch batch) {
        BatchKey key = batch.key();
        Manifest manifest = batch.snapshot().manifest();
        return new BatchRequest(
                key,
                manifest.variant(key.platform(), batch.snapshot().variant(key.platform(), key.batch())),
                manifest.kind(),
                batch.task().launch().pressedAt(),
                manifest.expiry(),
                batch.launch().notAfterHere(),
                new SnapshotTokens(batch.snapshot(), key.platform(), key.batch()),
                new int[0],
                () -> false);
    }

    private void count(Batch batch, OutcomeCounts recorded, BatchResult result, Instant began) {
        for (OutcomeCode code : OutcomeCode.values()) {
            long devices = recorded.of(code);
            if (devices > 0) {
                timings.count(batch.key().launch(), platform, code, devices);
                listener.settled(platform, code, devices);
            }
        }
        batch.launch().recorded(recorded.terminal(), result.requests());
        Duration took = Duration.between(began, clock.instant());
        listener.batchSent(platform, took);
        log.debug(
                "batch sent in {} ms: {} {} of launch {}, {} devices, {} requests",
                took.toMillis(),
                platform.wireName(),
                batch.key().batch(),
                batch.key().launch(),
                result.outcomes().length,
                result.requests());
    }

    private static boolean complete(BatchResult result) {
        for (byte outcome : result.outcomes()) {
            if (outcome == OutcomeCode.PENDING.code()) {
                return false;
            }
        }
        return true;
    }
}
