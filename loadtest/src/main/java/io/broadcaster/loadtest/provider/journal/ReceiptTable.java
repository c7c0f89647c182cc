package io.broadcaster.loadtest.provider.journal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One shard of a platform's journal: open addressing, 48 bytes per slot, at most three quarters full. The slot holds the
 * first accepted delivery, the count, and the first reason; later ones lie beside it in {@link Repeats}. Confined to the
 * holder of the shard's lock. Grows until the heap ends; a device never leaves.
 */
final class ReceiptTable {
    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int FIRST_NANOS = 2;
    private static final int ID_HIGH = 3;
    private static final int ID_LOW = 4;
    private static final int PACKED = 5;
    private static final int SLOT = 6;

    /** Packed: accepted (20 bits), number of the first collapse id (20), number of the first reason (8), refused (16). */
    private static final int COUNT_MAX = (1 << 20) - 1;

    private static final int REFUSED_MAX = (1 << 16) - 1;
    private static final int COLLAPSE_SHIFT = 20;
    private static final int REASON_SHIFT = 40;
    private static final int REFUSED_SHIFT = 48;

    private static final int SLOTS_AT_START = 64;

    private long[] slots = new long[SLOTS_AT_START * SLOT];
    private int devices;
    private final Map<TokenKey, Repeats> repeats = new HashMap<>();

    /** Everything after the first delivery and the first reason of one device. */
    static final class Repeats {
        /** Most apns-ids kept; their deliveries are counted all the same. */
        private static final int IDS_MAX = 8;

        final Map<Integer, Integer> collapseNumbers = new HashMap<>();
        final Map<Integer, Integer> reasons = new HashMap<>();
        long lastNanos;
        long[] ids = {};

        private void addId(long high, long low) {
            if (ids.length < 2 * IDS_MAX) {
                ids = Arrays.copyOf(ids, ids.length + 2);
                ids[ids.length - 2] = high;
                ids[ids.length - 1] = low;
            }
        }
    }

    /** What is known of one device; {@code repeats} is shared with the table. */
    @SuppressWarnings("ArrayRecordComponent") // handed from the table to its reader, never compared
    record Entry(
            TokenKey key,
            int accepted,
            int firstCollapseNumber,
            int firstReason,
            int refused,
            long firstNanos,
            long[] firstId,
            Repeats repeats) {}

    void accepted(TokenKey key, int collapseNumber, long idHigh, long idLow, long nanos) {
        int at = slotOf(key);
        long packed = slots[at + PACKED];
        int accepted = accepted(packed);
        if (accepted == 0) {
            slots[at + FIRST_NANOS] = nanos;
            slots[at + ID_HIGH] = idHigh;
            slots[at + ID_LOW] = idLow;
            slots[at + PACKED] = packed | ((long) collapseNumber << COLLAPSE_SHIFT) | 1;
            return;
        }
        if (accepted < COUNT_MAX) {
            slots[at + PACKED] = packed + 1;
        }
        Repeats more = repeats.computeIfAbsent(key, first -> new Repeats());
        more.collapseNumbers.merge(collapseNumber, 1, Integer::sum);
        more.lastNanos = nanos;
        more.addId(idHigh, idLow);
    }

    void refused(TokenKey key, int reason) {
        int at = slotOf(key);
        long packed = slots[at + PACKED];
        int refused = refused(packed);
        if (refused == 0) {
            packed |= (long) reason << REASON_SHIFT;
        } else if (reason != reason(packed)) {
            repeats.computeIfAbsent(key, first -> new Repeats()).reasons.merge(reason, 1, Integer::sum);
        }
        if (refused < REFUSED_MAX) {
            packed += 1L << REFUSED_SHIFT;
        }
        slots[at + PACKED] = packed;
    }

    boolean contains(TokenKey key) {
        return slots[find(slots, key) + PACKED] != 0;
    }

    Entry entry(TokenKey key) {
        return entryAt(find(slots, key), key);
    }

    void forEach(Consumer<Entry> each) {
        for (int at = 0; at < slots.length; at += SLOT) {
            if (slots[at + PACKED] != 0) {
                each.accept(entryAt(at, new TokenKey(slots[at + HIGH], slots[at + LOW])));
            }
        }
    }

    private Entry entryAt(int at, TokenKey key) {
        long packed = slots[at + PACKED];
        Repeats more = repeats.getOrDefault(key, new Repeats());
        return new Entry(
                key,
                accepted(packed),
                (int) (packed >>> COLLAPSE_SHIFT) & COUNT_MAX,
                reason(packed),
                refused(packed),
                slots[at + FIRST_NANOS],
                new long[] {slots[at + ID_HIGH], slots[at + ID_LOW]},
                more);
    }

    private int slotOf(TokenKey key) {
        int at = find(slots, key);
        if (slots[at + HIGH] == 0 && slots[at + LOW] == 0) {
            if ((devices + 1) * 4L > slots.length / SLOT * 3L) {
                grow();
                at = find(slots, key);
            }
            slots[at + HIGH] = key.high();
            slots[at + LOW] = key.low();
            devices++;
        }
        return at;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(slots.length, 2)];
        for (int at = 0; at < slots.length; at += SLOT) {
            if (slots[at + HIGH] != 0 || slots[at + LOW] != 0) {
                int to = find(larger, new TokenKey(slots[at + HIGH], slots[at + LOW]));
                System.arraycopy(slots, at, larger, to, SLOT);
            }
        }
        slots = larger;
    }

    /** The slot of the key, or the free one where it belongs. Capacities are powers of two. */
    private static int find(long[] in, TokenKey key) {
        int mask = in.length / SLOT - 1;
        int index = (int) key.low() & mask;
        while (true) {
            int at = index * SLOT;
            long high = in[at + HIGH];
            long low = in[at + LOW];
            if ((high == key.high() && low == key.low()) || (high == 0 && low == 0)) {
                return at;
            }
            index = (index + 1) & mask;
        }
    }

    private static int accepted(long packed) {
        return (int) packed & COUNT_MAX;
    }

    private static int reason(long packed) {
        return (int) (packed >>> REASON_SHIFT) & 0xff;
    }

    private static int refused(long packed) {
        return (int) (packed >>> REFUSED_SHIFT);
    }
}
