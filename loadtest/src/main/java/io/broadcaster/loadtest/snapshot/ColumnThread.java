package io.broadcaster.loadtest.snapshot;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.UserId;
import io.broadcaster.snapshot.ColumnWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Writes one column on a thread of its own, so that its uploads run beside the making of devices. Fed by one thread; at
 * most {@value #CHUNKS_MAX} chunks of {@value #CHUNK_DEVICES} devices wait. A failed write surfaces at the next call.
 */
final class ColumnThread implements AutoCloseable {
    private static final int CHUNK_DEVICES = 1_000;
    private static final int CHUNKS_MAX = 8;
    private static final long LOOK_MILLIS = 50;

    private final ColumnWriter writer;
    private final BlockingQueue<List<Row>> chunks = new ArrayBlockingQueue<>(CHUNKS_MAX);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("snapshot-column").daemon().factory());
    private final Future<Manifest.Column> written;
    private List<Row> open = new ArrayList<>(CHUNK_DEVICES);

    private record Row(int variant, UserId user, Device device) {}

    ColumnThread(ColumnWriter writer) {
        this.writer = writer;
        this.written = thread.submit(this::write);
    }

    void append(int variant, UserId user, Device device) throws InterruptedException {
        open.add(new Row(variant, user, device));
        if (open.size() == CHUNK_DEVICES) {
            hand(open);
            open = new ArrayList<>(CHUNK_DEVICES);
        }
    }

    /** Waits until everything is in the store. */
    Manifest.Column seal() throws InterruptedException {
        if (!open.isEmpty()) {
            hand(open);
        }
        hand(List.of());
        return result();
    }

    /** An empty chunk is the last. */
    private Manifest.Column write() throws InterruptedException {
        for (List<Row> chunk = chunks.take(); !chunk.isEmpty(); chunk = chunks.take()) {
            for (Row row : chunk) {
                writer.append(row.variant(), row.user(), row.device());
            }
        }
        return writer.seal();
    }

    private void hand(List<Row> chunk) throws InterruptedException {
        while (!chunks.offer(chunk, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (written.isDone()) {
                throw new IllegalStateException("the column ended early: " + result());
            }
        }
    }

    private Manifest.Column result() throws InterruptedException {
        try {
            return written.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a column cannot be written: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        writer.close();
    }
}
