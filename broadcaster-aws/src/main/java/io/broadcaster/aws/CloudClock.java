package io.broadcaster.aws;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Holds our clock against the {@code Date} of a service's answers, which is whole seconds: the offset is known to half a second
 * and what an answer takes to arrive. Reads at most one answer a second. Any thread.
 */
final class CloudClock implements ExecutionInterceptor {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final long READ_EVERY_MILLIS = 1_000;

    private final InstantSource clock;
    private final AtomicLong nextReadMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile Optional<Duration> offset = Optional.empty();

    CloudClock(InstantSource clock) {
        this.clock = clock;
    }

    /** How far ours is ahead; empty before the first answer that had a date. */
    Optional<Duration> offset() {
        return offset;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        Instant now = clock.instant();
        long due = nextReadMillis.get();
        if (now.toEpochMilli() >= due && nextReadMillis.compareAndSet(due, now.toEpochMilli() + READ_EVERY_MILLIS)) {
            context.httpResponse().firstMatchingHeader("Date").ifPresent(date -> read(date, now));
        }
    }

    /** A date in HTTP's form, as it came at this moment; any other is passed over. */
    void read(String date, Instant now) {
        try {
            Instant said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            offset = Optional.of(Duration.between(said.plus(HALF_A_SECOND), now));
        } catch (DateTimeException e) {
            // whoever answers without a date tells nothing of its clock
        }
    }
}
