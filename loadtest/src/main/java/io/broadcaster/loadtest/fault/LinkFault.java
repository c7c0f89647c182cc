package io.broadcaster.loadtest.fault;

import java.time.Duration;

/** What a connection through a {@link FaultProxy} suffers. The bytes of a direction keep their order under each. */
public sealed interface LinkFault {
    /** Which way bytes travel. */
    enum Direction {
        /** From the one who connected. */
        TO_SERVER,
        /** To the one who connected. */
        TO_CLIENT
    }

    /** Nothing: bytes, ends and resets pass. */
    record None() implements LinkFault {}

    /** Every byte of both directions arrives so much later. */
    record Delay(Duration time) implements LinkFault {
        public Delay {
            requirePositive("time", time);
        }
    }

    /** Bytes and ends of one direction vanish; the other passes. */
    record Blackhole(Direction direction) implements LinkFault {}

    /** The server is gone and the client is not told: both directions vanish, and no end or reset ever reaches the client. */
    record HalfOpen() implements LinkFault {}

    /** Both ends are reset as soon as so many more bytes have passed in this direction; 0: at once. */
    record ResetAfter(Direction direction, long bytes) implements LinkFault {
        public ResetAfter {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must not be negative, but were " + bytes);
            }
        }
    }

    /** Both directions pass {@code bytes} every {@code interval}. */
    record Drip(int bytes, Duration interval) implements LinkFault {
        public Drip {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes must be at least 1, but were " + bytes);
            }
            requirePositive("interval", interval);
        }
    }

    private static void requirePositive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but was " + time);
        }
    }
}
