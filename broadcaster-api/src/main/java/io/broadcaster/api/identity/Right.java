package io.broadcaster.api.identity;

/** How far a right goes, the least first. */
public enum Right {
    NO,
    /** For silent campaigns only: rehearsals, which light no phone up. */
    SILENT,
    YES
}
