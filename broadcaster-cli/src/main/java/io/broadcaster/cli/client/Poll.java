package io.broadcaster.cli.client;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks again until a condition holds. */
public final class Poll {
    private static final long PAUSE_MILLIS = 100;

    private Poll() {}

    /** The first answer that satisfies {@code done}; {@link IllegalStateException} with the last one after {@code longest}. */
    public static <T> T until(Duration longest, Callable<T> ask, Predicate<T> done) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            T answer = call(ask);
            if (done.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("still not so after " + longest + ": " + answer);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static <T> T call(Callable<T> ask) throws InterruptedException {
        try {
            return ask.call();
        } catch (RuntimeException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("asking failed: " + e.getMessage(), e);
        }
    }
}
