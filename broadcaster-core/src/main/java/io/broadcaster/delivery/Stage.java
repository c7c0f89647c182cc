package io.broadcaster.delivery;

/** The moments of a launch that are timed, each from the press. Every worker keeps one mergeable histogram of each. */
public enum Stage {
    /** A slice is in tier 1 (once per slice, by the API). */
    SLICE_SENT,
    /** A batch is in tier 2 (once per batch, by fan-out). */
    BATCH_SENT,
    /** A batch reached a sender (once per batch). */
    BATCH_RECEIVED,
    /** The first request of a batch was handed to the provider's connection (once per batch). */
    FIRST_REQUEST,
    /** The first answer of a batch (once per batch). */
    FIRST_ANSWER,
    /** The terminal answer of a device (once per device). */
    ANSWER,
    /** The last answer of a batch (once per batch). */
    LAST_ANSWER
}
