package io.broadcaster.task;

import java.time.Duration;

/**
 * The bounds of a {@link QueueConsumer}: {@code pollers} receive calls at once, {@code inFlightMax} messages received but
 * not yet settled, {@code longPoll} is the wait of one receive (at most 20 s), {@code visibility} of a received message (longer than
 * {@code longPoll}; it is extended while the work goes on), {@code drainTime} for the work in flight when it is closed.
 */
public record ConsumerConfig(int pollers, int inFlightMax, Duration longPoll, Duration visibility, Duration drainTime) {
    private static final Duration LONG_POLL_MAX = Duration.ofSeconds(20);
    private static final Duration VISIBILITY_MAX = Duration.ofHours(12);

    public ConsumerConfig {
        require(pollers >= 1, "pollers must be at least 1", pollers);
        require(inFlightMax >= 1, "inFlightMax must be at least 1", inFlightMax);
        require(
                !longPoll.isNegative() && longPoll.compareTo(LONG_POLL_MAX) <= 0,
                "longPoll must be from 0s to 20s",
                longPoll);
        require(
                visibility.compareTo(longPoll) > 0 && visibility.compareTo(VISIBILITY_MAX) <= 0,
                "visibility must be longer than the long poll " + longPoll + " and at most 12h",
                visibility);
        require(!drainTime.isNegative(), "drainTime must not be negative", drainTime);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", but was " + value);
        }
    }
}
