package io.broadcaster.delivery;

/** What became of a device, in the words of screens and reports. All but PENDING are terminal and never change. */
public enum Outcome {
    /** Not settled yet. */
    PENDING,
    /** The provider took it. */
    ACCEPTED,
    /** The provider refused it for good. */
    REJECTED,
    /** The token is dead. */
    UNREGISTERED,
    /** Not-after passed before it could be sent. */
    EXPIRED,
    /** The launch was aborted before it was sent. */
    SUPPRESSED,
    /** It may or may not have been taken: the answer was lost. */
    UNKNOWN
}
