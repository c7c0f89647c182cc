package io.broadcaster.loader.resolve;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.UserId;
import io.broadcaster.loader.check.Row;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Looks devices up, at most {@code parallelism} chunks at a time on virtual threads, and hands them on in the order of the
 * rows. Safe for any thread; the first failure stops the rest and surfaces as it is.
 */
public final class Resolver {
    private final DeviceStore devices;
    private final int parallelism;
    private final AtomicInteger lookUps;

    /** {@code lookUps} counts those that wait for an answer. */
    public Resolver(DeviceStore devices, int parallelism, AtomicInteger lookUps) {
        this.devices = devices;
        this.parallelism = parallelism;
        this.lookUps = lookUps;
    }

    /** Resolves every chunk; {@code sink} is called by this thread, in order. */
    public void resolve(Iterator<Chunk> chunks, Consumer<ResolvedChunk> sink) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                resolve(chunks, sink, threads);
            } catch (RuntimeException | Error e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private void resolve(Iterator<Chunk> chunks, Consumer<ResolvedChunk> sink, ExecutorService threads) {
        var waiting = new ArrayDeque<Future<ResolvedChunk>>(parallelism);
        while (chunks.hasNext()) {
            if (waiting.size() == parallelism) {
                sink.accept(await(waiting.remove()));
            }
            Chunk chunk = chunks.next();
            waiting.add(threads.submit(() -> lookUp(chunk)));
        }
        while (!waiting.isEmpty()) {
            sink.accept(await(waiting.remove()));
        }
    }

    private ResolvedChunk lookUp(Chunk chunk) {
        var users = new LinkedHashSet<UserId>();
        for (Row row : chunk.rows()) {
            if (row instanceof Row.User(UserId user)) {
                users.add(user);
            }
        }
        if (users.isEmpty()) {
            return new ResolvedChunk(chunk, Map.of());
        }
        lookUps.incrementAndGet();
        try {
            Map<UserId, List<Device>> found = devices.find(users);
            return new ResolvedChunk(chunk, found);
        } finally {
            lookUps.decrementAndGet();
        }
    }

    private static ResolvedChunk await(Future<ResolvedChunk> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("a look-up failed", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while resolving devices", e);
        }
    }
}
