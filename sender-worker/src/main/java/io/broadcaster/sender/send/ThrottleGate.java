package io.broadcaster.sender.send;

import io.broadcaster.delivery.SendOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds back a whole platform whose quota is spent (FCM counts per project), so that a long throttling costs a few probes
 * and not a request per device. Closed until the longest pause asked for has passed; then one request may be outstanding,
 * and each answer that shows the quota is back doubles that until it is {@link #WINDOW_OPEN}. Safe for any thread; one volatile read
 * while open.
 */
public final class ThrottleGate {
    /** From this many requests at once the gate counts as open again. */
    static final int WINDOW_OPEN = 1_024;

    /** From a window of one to {@link #WINDOW_OPEN}. */
    private static final int DOUBLINGS_MAX = 10;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile int window = WINDOW_OPEN;
    private volatile Instant opensAt = Instant.EPOCH;
    private int probes;

    public ThrottleGate(InstantSource clock) {
        this.clock = clock;
    }

    /** How many of {@code wanted} requests may start now; each must end in {@link #answered}. */
    int admit(int wanted) {
        if (window >= WINDOW_OPEN) {
            return wanted;
        }
        lock.lock();
        try {
            if (window >= WINDOW_OPEN) {
                return wanted;
            }
            if (clock.instant().isBefore(opensAt)) {
                return 0;
            }
            int admitted = Math.clamp(window - (long) probes, 0, wanted);
            probes += admitted;
            return admitted;
        } finally {
            lock.unlock();
        }
    }

    /** Learns from so many requests that were answered alike. Those that started before the gate closed say nothing about it. */
    void answered(SendOutcome outcome, int requests) {
        boolean throttled = outcome instanceof SendOutcome.Throttled;
        if (!throttled && window >= WINDOW_OPEN) {
            return;
        }
        lock.lock();
        try {
            probes = Math.max(0, probes - requests);
            Instant now = clock.instant();
            if (outcome instanceof SendOutcome.Throttled(var pause)) {
                window = 1;
                probes = 0;
                Instant until = now.plus(pause);
                opensAt = until.isAfter(opensAt) ? until : opensAt;
            } else if (!now.isBefore(opensAt) && showsQuota(outcome)) {
                window = (int) Math.min(WINDOW_OPEN, (long) window << Math.min(requests, DOUBLINGS_MAX));
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean showsQuota(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted _, SendOutcome.Unregistered _, SendOutcome.Rejected _ -> true;
            case SendOutcome.Throttled _, SendOutcome.Unprocessed _, SendOutcome.Ambiguous _ -> false;
        };
    }

    /** Whether requests are being held back. */
    public boolean closed() {
        return window < WINDOW_OPEN;
    }

    /** When the pause that was asked for ends; in the past when there is none. */
    Instant opensAt() {
        return opensAt;
    }
}
