package io.broadcaster.sender.snapshot;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots in memory, at most {@code bytesMax} off the heap. Each is loaded once, on a virtual thread, one after the
 * other; batches borrow them; what is no longer wanted goes when no batch uses it and it was idle for {@link #IDLE}, or at
 * once when its memory is needed. A load that fails or does not fit shows as FAILED and is repeated. Safe for any thread.
 */
public final class SnapshotShelf implements AutoCloseable {
    /** An unwanted snapshot stays so long after its last use: late batches of an aborted launch still need it. */
    static final Duration IDLE = Duration.ofSeconds(60);

    /** A failed load is repeated after this. */
    static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(SnapshotShelf.class);

    private final ObjectStore objects;
    private final long bytesMax;
    private final int parallelism;
    private final InstantSource clock;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final ReentrantLock loading = new ReentrantLock();
    private final Map<LaunchId, ShelfEntry> entries = new HashMap<>();
    private boolean closed;

    /** {@code parallelism} range reads at a time; {@code changed} is run when the readiness of a snapshot has changed. */
    public SnapshotShelf(ObjectStore objects, long bytesMax, int parallelism, InstantSource clock, Runnable changed) {
        this.objects = objects;
        this.bytesMax = bytesMax;
        this.parallelism = parallelism;
        this.clock = clock;
        this.changed = changed;
    }

    /** A snapshot in use: it stays in memory until closed. */
    public final class Borrowed implements SnapshotInUse {
        private final ShelfEntry entry;
        private final LoadedSnapshot snapshot;

        private Borrowed(ShelfEntry entry, LoadedSnapshot snapshot) {
            this.entry = entry;
            this.snapshot = snapshot;
        }

        /** Valid until {@link #close}. */
        public LoadedSnapshot snapshot() {
            return snapshot;
        }

        @Override
        public Manifest manifest() {
            return snapshot.manifest();
        }

        @Override
        public int devices(Platform platform, int batch) {
            return snapshot.devices(platform, batch);
        }

        @Override
        public int variant(Platform platform, int batch) {
            return snapshot.variant(platform, batch);
        }

        @Override
        public int copyToken(Platform platform, int batch, int position, byte[] into) {
            return snapshot.copyToken(platform, batch, position, into);
        }

        @Override
        public void close() {
            giveBack(entry);
        }
    }

    /** These, and no others, are wanted: loads what is missing in the background and drops what is idle. */
    public void want(Collection<WantedSnapshot> wanted) {
        lock.lock();
        try {
            var launches = new HashSet<LaunchId>();
            wanted.forEach(snapshot -> launches.add(snapshot.launch()));
            entries.values().forEach(entry -> entry.wanted = launches.contains(entry.snapshot.launch()));
            wanted.forEach(this::demandLocked);
            evict(entry -> entry.idleSince.plus(IDLE).isBefore(clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    /** This one is wanted too, until the next {@link #want} says otherwise. */
    public void demand(WantedSnapshot wanted) {
        lock.lock();
        try {
            demandLocked(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** The launch's snapshot, waiting up to {@code wait} while it is being loaded; empty when it cannot be had. */
    public Optional<Borrowed> borrow(LaunchId launch, Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        lock.lock();
        try {
            while (true) {
                ShelfEntry entry = entries.get(launch);
                if (entry == null || entry.phase == Phase.FAILED || closed) {
                    return Optional.empty();
                }
                LoadedSnapshot loaded = entry.loaded;
                if (loaded != null) {
                    entry.readers++;
                    return Optional.of(new Borrowed(entry, loaded));
                }
                if (left <= 0) {
                    return Optional.empty();
                }
                left = settled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Every snapshot, loaded ones as WARMING until {@code warm}. */
    public List<SnapshotReadiness> readiness(boolean warm) {
        lock.lock();
        try {
            return entries.values().stream().map(entry -> entry.readiness(warm)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Memory held or reserved off the heap. */
    public long bytes() {
        lock.lock();
        try {
            return bytesLocked();
        } finally {
            lock.unlock();
        }
    }

    /** The bound of {@link #bytes}. */
    public long bytesMax() {
        return bytesMax;
    }

    /** Frees everything; batches must have ended. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            settled.signalAll();
            evict(_ -> true);
        } finally {
            lock.unlock();
        }
    }

    private void demandLocked(WantedSnapshot wanted) {
        Instant now = clock.instant();
        ShelfEntry entry = entries.computeIfAbsent(wanted.launch(), _ -> new ShelfEntry(wanted, now));
        entry.wanted = true;
        boolean fresh = entry.phase == Phase.LOADING && !entry.started;
        boolean again = entry.phase == Phase.FAILED && !now.isBefore(entry.retryAt);
        if ((fresh || again) && !closed) {
            entry.started = true;
            entry.phase = Phase.LOADING;
            entry.detail = "";
            Thread.ofVirtual().name("snapshot-" + wanted.campaign()).start(() -> load(entry));
            changed.run();
        }
    }

    private void load(ShelfEntry entry) {
        loading.lock();
        try {
            long began = clock.millis();
            WantedSnapshot wanted = entry.snapshot;
            Manifest manifest = LoadedSnapshot.readManifest(objects, wanted.manifestKey(), wanted.manifestSha256());
            long bytes = manifest.columns().stream()
                    .mapToLong(column -> column.tokens().bytes())
                    .sum();
            if (!reserve(entry, bytes)) {
                failed(
                        entry,
                        "needs " + bytes + " bytes off the heap, but sender.snapshot-memory of " + bytesMax
                                + " has only " + (bytesMax - bytes()) + " left");
                return;
            }
            loaded(
                    entry,
                    LoadedSnapshot.load(objects, wanted.manifestKey(), wanted.manifestSha256(), parallelism),
                    began);
        } catch (RuntimeException e) {
            failed(entry, String.valueOf(e.getMessage()));
        } finally {
            loading.unlock();
        }
    }

    private boolean reserve(ShelfEntry entry, long bytes) {
        lock.lock();
        try {
            if (bytesLocked() + bytes > bytesMax) {
                evict(_ -> true);
            }
            if (bytesLocked() + bytes > bytesMax) {
                return false;
            }
            entry.bytes = bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void loaded(ShelfEntry entry, LoadedSnapshot snapshot, long beganMillis) {
        Manifest manifest = snapshot.manifest();
        log.atInfo()
                .addKeyValue("campaign", manifest.campaign())
                .addKeyValue("revision", manifest.revision())
                .addKeyValue("ms", clock.millis() - beganMillis)
                .addKeyValue("devices", manifest.counts().devices())
                .addKeyValue("bytes", snapshot.bytesOffHeap())
                .log("snapshot loaded");
        lock.lock();
        try {
            entry.loaded = snapshot;
            entry.phase = Phase.WARMING;
            entry.idleSince = clock.instant();
            if (closed) {
                evict(_ -> true);
            }
            settled.signalAll();
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private void failed(ShelfEntry entry, String detail) {
        WantedSnapshot wanted = entry.snapshot;
        log.atWarn()
                .addKeyValue("campaign", wanted.campaign())
                .addKeyValue("revision", wanted.revision())
                .addKeyValue("detail", detail)
                .log("snapshot cannot be loaded");
        lock.lock();
        try {
            entry.phase = Phase.FAILED;
            entry.detail = detail;
            entry.bytes = 0;
            entry.retryAt = clock.instant().plus(RETRY_PAUSE);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    private void giveBack(ShelfEntry entry) {
        lock.lock();
        try {
            entry.readers--;
            entry.idleSince = clock.instant();
            if (closed) {
                evict(_ -> true);
            }
        } finally {
            lock.unlock();
        }
    }

    private void evict(Predicate<ShelfEntry> ripe) {
        entries.values().removeIf(entry -> {
            boolean loadingNow = entry.phase == Phase.LOADING && entry.started;
            boolean goes = (!entry.wanted || closed) && entry.readers == 0 && !loadingNow && ripe.test(entry);
            if (goes) {
                entry.free();
                log.atInfo()
                        .addKeyValue("campaign", entry.snapshot.campaign())
                        .addKeyValue("revision", entry.snapshot.revision())
                        .log("snapshot dropped");
            }
            return goes;
        });
    }

    private long bytesLocked() {
        return entries.values().stream().mapToLong(entry -> entry.bytes).sum();
    }
}
