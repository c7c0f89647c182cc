package io.broadcaster.sender.send;

/** Why a batch stops before every device has its outcome from the provider. */
public enum Stop {
    /** Not-after has passed: what was not sent is EXPIRED. */
    EXPIRED,
    /** The launch was aborted: what was not sent is SUPPRESSED. */
    ABORTED,
    /** The lease is lost or this process drains: what was not sent stays PENDING for the next owner. */
    GIVEN_BACK
}
