package io.broadcaster.loadtest.provider.hpack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic table of one direction (RFC 7541, 2.3.2 and 4) behind the static one: a ring of entries, newest first.
 * Confined to one connection. Bound: {@code sizeMax} bytes by HPACK's count.
 */
final class FieldTable {
    private static final int ENTRY_SIZE_MIN = 32;

    private final FieldNames names;
    private final int sizeMax;
    private final @Nullable HeaderField[] ring;
    private final int mask;
    private int limit;
    private int size;
    private int entries;
    private int next;

    FieldTable(FieldNames names, int sizeMax) {
        this.names = names;
        this.sizeMax = sizeMax;
        limit = sizeMax;
        int slots = Integer.highestOneBit(Math.max(1, sizeMax / ENTRY_SIZE_MIN)) * 2;
        ring = new HeaderField[slots];
        mask = slots - 1;
    }

    /** The entry at HPACK's index, static from 1, dynamic after them. */
    HeaderField get(int index) throws HpackFault {
        if (index <= StaticTable.LENGTH) {
            if (index <= 0) {
                throw new HpackFault("index must not be 0");
            }
            return names.staticField(index);
        }
        int age = index - StaticTable.LENGTH;
        HeaderField field = age <= entries ? ring[(next - age) & mask] : null;
        if (field == null) {
            throw new HpackFault("index must be in the table");
        }
        return field;
    }

    void add(HeaderField field) {
        evictTo(limit - field.size());
        if (field.size() <= limit) {
            ring[next & mask] = field;
            next = (next + 1) & mask;
            entries++;
            size += field.size();
        }
    }

    void limit(int bytes) throws HpackFault {
        if (bytes > sizeMax) {
            throw new HpackFault("table size must be at most what was granted");
        }
        limit = bytes;
        evictTo(bytes);
    }

    private void evictTo(int bytes) {
        if (bytes <= 0) {
            Arrays.fill(ring, null);
            entries = 0;
            size = 0;
            return;
        }
        while (size > bytes) {
            int oldest = (next - entries) & mask;
            HeaderField evicted = ring[oldest];
            if (evicted != null) {
                size -= evicted.size();
            }
            ring[oldest] = null;
            entries--;
        }
    }
}
