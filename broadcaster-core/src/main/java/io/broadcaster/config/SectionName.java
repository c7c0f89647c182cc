package io.broadcaster.config;

import java.util.Locale;

/** The closed set of settings sections; a key outside them stops the start of every process. */
public enum SectionName {
    CLOUD,
    TELEMETRY,
    API,
    LOADER,
    FANOUT,
    SENDER,
    APNS,
    FCM;

    /** The prefix of the section's keys, without the dot. */
    public String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
