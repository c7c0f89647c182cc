package io.broadcaster.campaign;

/** ALERT shows a notification; SILENT wakes the app and shows nothing (throughput tests, rehearsals). */
public enum PushKind {
    ALERT,
    SILENT
}
