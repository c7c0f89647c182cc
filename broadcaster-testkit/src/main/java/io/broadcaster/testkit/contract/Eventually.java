package io.broadcaster.testkit.contract;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again until a value is as wanted, for at most a minute; then the last value, for the test to judge. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Eventually() {}

    static <T> T get(Supplier<T> look, Predicate<T> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.get();
        while (!wanted.test(seen) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            seen = look.get();
        }
        return seen;
    }
}
