package io.broadcaster.campaign;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The identity of the one durable "go" of a campaign revision: the first 128 bits of SHA-256 over both, as 32 hex digits.
 * A pure function, so that every presser computes the same. Also the collapse id (at most 64 bytes at APNs).
 */
public record LaunchId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final long LOW_62_BITS = 0x3fff_ffff_ffff_ffffL;

    public LaunchId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidInput("launch id", "must be 32 hex digits", value);
        }
    }

    /** The launch of this revision of the campaign. */
    public static LaunchId of(CampaignId campaign, int revision) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("launch/" + campaign.value() + "/" + revision).getBytes(StandardCharsets.UTF_8));
            return new LaunchId(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The halves of the notification ids of one launch: {@code high} is constant, the low half counts the devices. */
    public record NotificationIds(long high, long lowFirst) {
        /** For requests that are about no device. */
        public static final NotificationIds NONE = new NotificationIds(0, 0);

        /** The low half for one device; injective for ordinals below 2^62. */
        public long low(long deviceOrdinal) {
            return ((lowFirst + deviceOrdinal) & LOW_62_BITS) | Long.MIN_VALUE;
        }
    }

    /** The notification ids of this launch, with the UUID version set to 8 (RFC 9562, custom). */
    public NotificationIds notificationIds() {
        return new NotificationIds(
                (Long.parseUnsignedLong(value, 0, 16, 16) & ~0xf000L) | 0x8000L,
                Long.parseUnsignedLong(value, 16, 32, 16));
    }

    /** The {@code apns-id} of one device: the same for every attempt to reach it. */
    public UUID notificationId(long deviceOrdinal) {
        NotificationIds ids = notificationIds();
        return new UUID(ids.high(), ids.low(deviceOrdinal));
    }

    @Override
    public String toString() {
        return value;
    }
}
