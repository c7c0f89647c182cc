package io.broadcaster.loadtest.provider.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What can be changed of a running simulator: answer time, behaviour and streams. Safe for any thread. */
public final class Conduct {
    /** The rules' own verdict stands. */
    public static final int BY_THE_RULES = 0;

    /** The stream is refused, the request not processed. */
    public static final int REFUSED = -1;

    /** The request is neither processed nor answered. */
    public static final int SILENT = -2;

    /** The request is processed but not answered. */
    public static final int SILENT_AFTER_DELIVERY = -3;

    /** What {@link #requestsMax()} says when connections may stay. */
    public static final int NO_END = Integer.MAX_VALUE;

    private final AtomicLong ordinal = new AtomicLong();
    private volatile long answerNanos;
    private volatile Behaviour behaviour = new Behaviour.Normal();
    private volatile int streamsMax;
    private volatile boolean oneStreamFirst;

    /** Answers after {@code answerTime}, grants {@code streamsMax} streams per connection. */
    public Conduct(Duration answerTime, int streamsMax) {
        answerTime(answerTime);
        streamsMax(streamsMax);
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

    /** Grants so many streams per connection; open connections are told with their next request or answer. */
    public void streamsMax(int streams) {
        if (streams < 0) {
            throw new IllegalArgumentException("streams must not be negative, but were " + streams);
        }
        streamsMax = streams;
    }

    /** Whether a connection has one stream until a request with a valid token came on it, as Apple does. */
    public void oneStreamFirst(boolean one) {
        oneStreamFirst = one;
    }

    public long answerNanos() {
        return answerNanos;
    }

    /** Streams of a connection on which a valid token was seen, or none yet. */
    public int streamsMax(boolean tokenSeen) {
        return oneStreamFirst && !tokenSeen ? 1 : streamsMax;
    }

    /** Requests after which a connection goes away. */
    public int requestsMax() {
        return switch (behaviour) {
            case Behaviour.GoingAway(int requests) -> requests;
            case Behaviour.Normal _, Behaviour.Answering _, Behaviour.Refusing _, Behaviour.Silent _ -> NO_END;
        };
    }

    /** The status that replaces an acceptance now, or another of the constants above. */
    public int scriptedStatus() {
        return switch (behaviour) {
            case Behaviour.Normal _, Behaviour.GoingAway _ -> BY_THE_RULES;
            case Behaviour.Answering(int status, double share, long seed) ->
                isTaken(share, seed) ? status : BY_THE_RULES;
            case Behaviour.Refusing(double share, long seed) -> isTaken(share, seed) ? REFUSED : BY_THE_RULES;
            case Behaviour.Silent(double share, boolean delivered, long seed) -> {
                if (!isTaken(share, seed)) {
                    yield BY_THE_RULES;
                }
                yield delivered ? SILENT_AFTER_DELIVERY : SILENT;
            }
        };
    }

    private boolean isTaken(double share, long seed) {
        long mixed = mix(seed + ordinal.getAndIncrement());
        return (mixed >>> 11) * 0x1.0p-53 < share;
    }

    /** SplittableRandom's finaliser: nearby ordinals give unrelated numbers. */
    private static long mix(long value) {
        long z = value * 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
