package io.broadcaster.testkit;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Faults that a test plans for the next calls of a fake, per kind of call: to fail before any effect, or to have the effect
 * and lose the answer. Safe for any thread.
 */
final class Faults<C extends Enum<C>> {
    private final Map<C, Integer> failures;
    private final Map<C, Integer> lostAnswers;

    Faults(Class<C> calls) {
        failures = new EnumMap<>(calls);
        lostAnswers = new EnumMap<>(calls);
    }

    synchronized void fail(C call, int times) {
        failures.merge(call, times, Integer::sum);
    }

    /** What was planned to fail will not. */
    synchronized void heal(C call) {
        failures.put(call, 0);
    }

    synchronized void loseAnswers(C call, int times) {
        lostAnswers.merge(call, times, Integer::sum);
    }

    /** Runs the effect under the planned faults; {@code failure} makes what the caller sees of one. */
    <T> T around(C call, Supplier<? extends RuntimeException> failure, Supplier<T> effect) {
        if (take(failures, call)) {
            throw failure.get();
        }
        T answer = effect.get();
        if (take(lostAnswers, call)) {
            throw failure.get();
        }
        return answer;
    }

    private synchronized boolean take(Map<C, Integer> planned, C call) {
        int left = planned.getOrDefault(call, 0);
        if (left > 0) {
            planned.put(call, left - 1);
        }
        return left > 0;
    }
}
