package io.broadcaster.loadtest.provider.journal;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * One platform's journal: chunks that threads append to, and an index by device that readers bring up to date when they
 * ask. Safe for any thread. Bound: 2^31 entries, 32 to 48 bytes each, 4 more each and 8 to 16 per device once indexed.
 */
final class Book {
    private final boolean withIds;
    private final LongSupplier nanosNow;
    private final List<JournalWriter> writers = new CopyOnWriteArrayList<>();
    private final ThreadLocal<JournalWriter> ownWriter = ThreadLocal.withInitial(this::newWriter);
    private final DeviceIndex index = new DeviceIndex();
    private volatile Chunk[] chunks = {};

    Book(boolean withIds, LongSupplier nanosNow) {
        this.withIds = withIds;
        this.nanosNow = nanosNow;
    }

    /** The calling thread's own. */
    JournalWriter writer() {
        return ownWriter.get();
    }

    List<JournalWriter> writers() {
        return writers;
    }

    /** The index with everything that was written before the call; use it under its own lock. */
    DeviceIndex index() {
        synchronized (index) {
            index.catchUp(chunks);
        }
        return index;
    }

    long nanosNow() {
        return nanosNow.getAsLong();
    }

    /** A chunk for one thread, in the order of all. */
    synchronized Chunk newChunk() {
        var chunk = new Chunk(withIds);
        Chunk[] more = Arrays.copyOf(chunks, chunks.length + 1);
        more[chunks.length] = chunk;
        chunks = more;
        return chunk;
    }

    private JournalWriter newWriter() {
        var writer = new JournalWriter(this);
        writers.add(writer);
        return writer;
    }
}
