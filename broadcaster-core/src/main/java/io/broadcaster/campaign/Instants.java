package io.broadcaster.campaign;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Instants as people write them, of those that can be kept: stores and messages keep milliseconds since 1970, up to 9999. */
public final class Instants {
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Instants() {}

    /** The instant of a text such as 2026-02-08T18:30:00Z; empty when it is none, or before 1970, or after 9999. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(instant -> !instant.isBefore(Instant.EPOCH) && instant.isBefore(END));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
