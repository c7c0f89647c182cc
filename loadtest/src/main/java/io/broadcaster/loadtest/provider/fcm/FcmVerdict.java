package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.loadtest.provider.journal.TokenKey;

/** What the rules of FCM say about one request. */
public sealed interface FcmVerdict {
    /**
     * To be delivered, or only looked at when {@code dryRun}. {@code collapseId} is the collapse key; where a shown
     * notification bears another tag (or none), {@code key|tag}, because it would replace one and stack the other.
     */
    record Accepted(TokenKey device, String collapseId, boolean dryRun) implements FcmVerdict {}

    /** Refused before a device token could be read; {@code rule} is empty or says what must hold. */
    record Refused(FcmReason reason, String rule) implements FcmVerdict {}

    /** Refused for this device; {@code rule} as above. */
    record DeviceRefused(TokenKey device, FcmReason reason, String rule) implements FcmVerdict {}
}
