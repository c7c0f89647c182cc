package io.broadcaster.delivery;

import java.util.Arrays;

/** Devices by {@link OutcomeCode}. Mutable, confined to one thread at a time. */
public final class OutcomeCounts {
    private final long[] counts = new long[OutcomeCode.CODES];

    /** Adds devices under one code. */
    public void add(OutcomeCode code, long devices) {
        counts[code.code()] += devices;
    }

    /** Adds every device of a ledger row. */
    public void add(LedgerRow row) {
        for (byte outcome : row.outcomes()) {
            counts[OutcomeCode.of(outcome).code()]++;
        }
    }

    /** Adds all of other's. */
    public void add(OutcomeCounts other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** Devices under one code. */
    public long of(OutcomeCode code) {
        return counts[code.code()];
    }

    /** Devices under one outcome, whatever the reason. */
    public long of(Outcome outcome) {
        return Arrays.stream(OutcomeCode.values())
                .filter(code -> code.outcome() == outcome)
                .mapToLong(this::of)
                .sum();
    }

    /** Devices under any code, PENDING included. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** Devices with a terminal outcome. */
    public long terminal() {
        return total() - of(OutcomeCode.PENDING);
    }
}
