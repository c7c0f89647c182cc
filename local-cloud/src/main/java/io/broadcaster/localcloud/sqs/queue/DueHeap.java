package io.broadcaster.localcloud.sqs.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap by deadline, the first put first among equals. It can drop any entry in O(log n), because entries know
 * their slot; so deleted messages leave at once and the heap never holds more than what is in flight or waiting. The
 * queue's lock guards it.
 */
final class DueHeap {
    private static final int FIRST_CAPACITY = 16;

    private @Nullable Due[] entries = new Due[FIRST_CAPACITY];
    private int size;
    private long puts;

    int size() {
        return size;
    }

    @Nullable Due first() {
        return entries[0];
    }

    /** Adds the entry, or moves it if it is here already. */
    void put(Due entry, long dueMillis) {
        remove(entry);
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entry.dueMillis = dueMillis;
        entry.putOrder = puts++;
        siftUp(size++, entry);
    }

    void remove(Due entry) {
        int hole = entry.slot;
        if (hole == Due.NOT_IN_HEAP) {
            return;
        }
        entry.slot = Due.NOT_IN_HEAP;
        Due last = at(--size);
        entries[size] = null;
        if (last == entry) {
            return;
        }
        if (hole > 0 && last.isBefore(at((hole - 1) >>> 1))) {
            siftUp(hole, last);
        } else {
            siftDown(hole, last);
        }
    }

    private void siftUp(int from, Due entry) {
        int slot = from;
        while (slot > 0) {
            int parent = (slot - 1) >>> 1;
            if (!entry.isBefore(at(parent))) {
                break;
            }
            set(slot, at(parent));
            slot = parent;
        }
        set(slot, entry);
    }

    private void siftDown(int from, Due entry) {
        int slot = from;
        for (int child = 2 * slot + 1; child < size; child = 2 * slot + 1) {
            if (child + 1 < size && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(entry)) {
                break;
            }
            set(slot, at(child));
            slot = child;
        }
        set(slot, entry);
    }

    private void set(int slot, Due entry) {
        entries[slot] = entry;
        entry.slot = slot;
    }

    private Due at(int slot) {
        Due entry = entries[slot];
        if (entry == null) {
            throw new IllegalStateException("A heap of " + size + " has a hole at " + slot);
        }
        return entry;
    }
}
