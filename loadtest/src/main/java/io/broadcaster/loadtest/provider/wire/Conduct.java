package io.broadcaster.loadtest.provider.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What can be changed of a running simulator: its answer time and its behaviour. Safe for any thread. */
public final class Conduct {
    /** The rules' own verdict stands. */
    public static final int BY_THE_RULES = 0;

    private final AtomicLong ordinal = new AtomicLong();
    private volatile long answerNanos;
    private volatile Behaviour behaviour = new Behaviour.Normal();

    public Conduct(Duration answerTime) {
        answerTime(answerTime);
    }

    /** Holds every later answer back for this long. */
    public void answerTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("answer time must not be negative, but was " + time);
        }
        answerNanos = time.toNanos();
    }

    /** Treats every later request like this. */
    public void behaviour(Behaviour next) {
        behaviour = next;
    }

    public long answerNanos() {
        return answerNanos;
    }

    /** The status that replaces an acceptance now, or {@link #BY_THE_RULES}. */
    public int scriptedStatus() {
        return switch (behaviour) {
            case Behaviour.Normal normal -> BY_THE_RULES;
            case Behaviour.Answering fault -> {
                long mixed = mix(fault.seed() + ordinal.getAndIncrement());
                yield (mixed >>> 11) * 0x1.0p-53 < fault.share() ? fault.status() : BY_THE_RULES;
            }
        };
    }

    /** SplittableRandom's finaliser: nearby ordinals give unrelated numbers. */
    private static long mix(long value) {
        long z = value * 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
