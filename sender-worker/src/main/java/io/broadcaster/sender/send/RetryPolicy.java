package io.broadcaster.sender.send;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The budget of one device. {@code requestsMax} counts every request, {@code ambiguousMax} those whose answer was lost
 * (the last of them makes the device unknown). Pauses grow from {@code pauseFirst} by doubling up to {@code pauseMax},
 * half of each being chance; {@code giveUpAfter} ends all retrying, counted from the first request of the batch.
 */
public record RetryPolicy(
        int requestsMax, int ambiguousMax, Duration pauseFirst, Duration pauseMax, Duration giveUpAfter) {
    private static final int DOUBLINGS_MAX = 20;

    /** FCM's page asks to stop within 60 minutes. */
    public static final Duration GIVE_UP_AFTER = Duration.ofMinutes(60);

    /** The pause before request {@code requests + 1}, in milliseconds, between half of the nominal one and all of it. */
    long pauseMillis(int requests, RandomGenerator random) {
        long nominal = Math.min(
                pauseMax.toMillis(), pauseFirst.toMillis() << Math.min(Math.max(requests - 1, 0), DOUBLINGS_MAX));
        return nominal / 2 + random.nextLong(nominal / 2 + 1);
    }

    /** A pause that the provider asked for, in milliseconds: never shorter than asked, up to a tenth longer. */
    long askedPauseMillis(Duration asked, int requests, RandomGenerator random) {
        long millis = asked.toMillis();
        return Math.max(millis + random.nextLong(millis / 10 + 1), pauseMillis(requests, random));
    }
}
