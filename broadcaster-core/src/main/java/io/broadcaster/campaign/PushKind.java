package io.broadcaster.campaign;

import java.util.Locale;

/** ALERT shows a notification; SILENT wakes the app and shows nothing (throughput tests, rehearsals). */
public enum PushKind {
    ALERT,
    SILENT;

    /** Lower-case name in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
