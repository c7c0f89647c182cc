package io.broadcaster.identity;

import io.broadcaster.config.WireName;
import java.time.Duration;
import java.time.Instant;

/**
 * Word that sessions of browsers hold no more from {@code at} on: the one with the id {@code name}, or every one of the person
 * {@code name} that began until then. {@code by} is who ended it, and for a session the person himself.
 */
public record SessionEnd(Of of, String name, Instant at, String by) {
    /** Longer than any session lasts: 24 hours, and 24 more while a campaign is armed. After it the word may be forgotten. */
    public static final Duration KEPT = Duration.ofDays(3);

    /** What ends. */
    public enum Of {
        SESSION,
        PERSON;

        /** Name in the stored form. */
        public String wireName() {
            return WireName.of(this);
        }
    }
}
