package io.broadcaster.snapshot;

import io.broadcaster.audience.Manifest.FileRef;
import io.broadcaster.audience.Manifest.Part;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.ObjectStore.MissingObjectException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fetches a file part by part, several at a time on virtual threads, straight into off-heap memory, and checks the SHA-256
 * of each. The first failure stops the rest.
 */
final class PartDownload {
    private PartDownload() {}

    /** The whole file in memory of {@code arena}, every part checked. */
    static MemorySegment fetch(ObjectStore objects, FileRef file, Arena arena, int parallelism) {
        requireGapless(file);
        MemorySegment memory = arena.allocate(file.bytes(), ArrowFileWriter.ALIGNMENT);
        var next = new AtomicInteger();
        List<Part> parts = file.parts();
        Runnable worker = () -> {
            MessageDigest digest = Sha256.digest();
            for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
                Part part = parts.get(i);
                try {
                    fetchPart(
                            objects,
                            file,
                            part,
                            memory.asSlice(part.offset(), part.length()).asByteBuffer(),
                            digest);
                } catch (RuntimeException | Error e) {
                    next.set(parts.size());
                    throw e;
                }
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < Math.min(parallelism, parts.size()); i++) {
                running.add(threads.submit(worker));
            }
            for (Future<?> each : running) {
                await(each);
            }
        }
        return memory;
    }

    /** Reads one part and checks it; {@code into} has exactly its length. */
    static void fetchPart(ObjectStore objects, FileRef file, Part part, ByteBuffer into, MessageDigest digest) {
        String name = "part at " + part.offset();
        try {
            objects.read(file.key(), part.offset(), into.duplicate());
        } catch (MissingObjectException e) {
            throw new SnapshotCorruptException(file.key(), name, "must exist and have " + file.bytes() + " bytes", e);
        }
        digest.update(into.duplicate());
        String sha256 = Sha256.hex(digest);
        if (!sha256.equals(part.sha256())) {
            throw new SnapshotCorruptException(
                    file.key(), name, "must have SHA-256 " + part.sha256() + ", but has " + sha256);
        }
    }

    /** The parts must cover the file in order and without gaps. */
    static void requireGapless(FileRef file) {
        long end = 0;
        for (Part part : file.parts()) {
            if (part.offset() != end || part.length() <= 0) {
                throw new SnapshotCorruptException(
                        file.key(), "part at " + part.offset(), "must start at " + end + " and not be empty");
            }
            end += part.length();
        }
        if (end != file.bytes()) {
            throw new SnapshotCorruptException(
                    file.key(), "parts", "must cover " + file.bytes() + " bytes, but cover " + end);
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("a part could not be fetched", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fetching a snapshot", e);
        }
    }
}
