package io.broadcaster.loader;

import io.broadcaster.audience.ObjectStore;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The store as a process sees it that dies at its n-th operation: that one and all after it fail, the n-th with or without
 * its effect. Also tells how many operations there were, and the largest object put and range read.
 */
final class DyingObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final int lastOperation;
    private final boolean withEffect;
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger largestPut = new AtomicInteger();
    private final AtomicInteger largestRead = new AtomicInteger();

    DyingObjectStore(ObjectStore store, int lastOperation, boolean withEffect) {
        this.store = store;
        this.lastOperation = lastOperation;
        this.withEffect = withEffect;
    }

    /** One that lives on. */
    static DyingObjectStore never(ObjectStore store) {
        return new DyingObjectStore(store, Integer.MAX_VALUE, true);
    }

    int operations() {
        return operations.get();
    }

    int largestPut() {
        return largestPut.get();
    }

    int largestRead() {
        return largestRead.get();
    }

    @Override
    public Put putIfAbsent(String key, byte[] content) {
        largestPut.accumulateAndGet(content.length, Math::max);
        return alive(() -> store.putIfAbsent(key, content));
    }

    @Override
    public Upload upload(String key) {
        Upload upload = alive(() -> store.upload(key));
        return new Upload() {
            @Override
            public void part(ByteBuffer part) {
                alive(() -> {
                    upload.part(part);
                    return part;
                });
            }

            @Override
            public Put sealIfAbsent() {
                return alive(upload::sealIfAbsent);
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public OptionalLong size(String key) {
        return alive(() -> store.size(key));
    }

    @Override
    public InputStream open(String key) {
        return alive(() -> store.open(key));
    }

    @Override
    public void read(String key, long offset, ByteBuffer into) {
        largestRead.accumulateAndGet(into.remaining(), Math::max);
        alive(() -> {
            store.read(key, offset, into);
            return into;
        });
    }

    @Override
    public List<String> list(String prefix) {
        return alive(() -> store.list(prefix));
    }

    @Override
    public void deleteAll(String prefix) {
        alive(() -> {
            store.deleteAll(prefix);
            return prefix;
        });
    }

    private <T> T alive(Supplier<T> effect) {
        int operation = operations.incrementAndGet();
        if (operation < lastOperation) {
            return effect.get();
        }
        if (operation == lastOperation && withEffect) {
            var _ = effect.get();
        }
        throw new ObjectStoreException("killed at operation " + operation);
    }
}
