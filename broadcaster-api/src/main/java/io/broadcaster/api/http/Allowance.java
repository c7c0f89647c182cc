package io.broadcaster.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many per minute and key, in one go or spread out: a token bucket that holds a minute's worth, kept as one instant per key
 * (the generic cell rate algorithm). Bound: {@code keysMax} keys, of which the least used are forgotten. Any thread.
 */
final class Allowance {
    private static final long MINUTE_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final long eachMicros;
    private final InstantSource clock;
    private final Cache<String, AtomicLong> fullAt;

    Allowance(int perMinute, int keysMax, InstantSource clock) {
        eachMicros = Math.max(1, MINUTE_MICROS / perMinute);
        this.clock = clock;
        fullAt = Caffeine.newBuilder().maximumSize(keysMax).build();
    }

    /** Takes one when one is left: zero, or how long until there is one. */
    Duration take(String key) {
        long now = now();
        AtomicLong full = fullAt.get(key, _ -> new AtomicLong(now));
        while (true) {
            long before = full.get();
            long after = Math.max(before, now) + eachMicros;
            long wait = after - now - MINUTE_MICROS;
            if (wait > 0) {
                return ofMicros(wait);
            }
            if (full.compareAndSet(before, after)) {
                return Duration.ZERO;
            }
        }
    }

    /** Zero when {@link #take} would take, else how long until it would. */
    Duration untilOne(String key) {
        AtomicLong full = fullAt.getIfPresent(key);
        return full == null ? Duration.ZERO : ofMicros(Math.max(0, full.get() + eachMicros - now() - MINUTE_MICROS));
    }

    /** Keys remembered now. */
    int keys() {
        return (int) fullAt.estimatedSize();
    }

    private long now() {
        return TimeUnit.MILLISECONDS.toMicros(clock.millis());
    }

    private static Duration ofMicros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
