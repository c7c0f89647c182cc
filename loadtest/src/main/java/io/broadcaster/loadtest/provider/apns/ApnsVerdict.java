package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.loadtest.provider.journal.TokenKey;

/** What the rules of APNs say about one request. */
public sealed interface ApnsVerdict {
    /** To be delivered; {@code collapseId} is empty when none was given. */
    record Accepted(TokenKey device, String collapseId) implements ApnsVerdict {}

    /** Refused before a device token could be read, or for a reason that is not about the device. */
    record Refused(ApnsReason reason) implements ApnsVerdict {}

    /** Refused for this device; {@code deadSinceMillis} is set with 410 only, else 0. */
    record DeviceRefused(TokenKey device, ApnsReason reason, long deadSinceMillis) implements ApnsVerdict {}
}
