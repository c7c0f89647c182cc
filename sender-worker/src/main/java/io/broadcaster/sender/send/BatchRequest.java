package io.broadcaster.sender.send;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.delivery.BatchKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * One attempt at some devices of a batch: every position of {@code positions} once. The launch of {@code key} is the
 * collapse id, and with the position it makes the notification id. No request starts after {@code deadline} or once
 * {@code withdrawn} says so. {@code expiry} counts from {@code pressedAt}; zero means one attempt by the provider.
 */
@SuppressWarnings("ArrayRecordComponent") // made once per attempt, read by the adapter, never compared
public record BatchRequest(
        BatchKey key,
        Manifest.Variant variant,
        PushKind kind,
        Instant pressedAt,
        Duration expiry,
        Instant deadline,
        BatchTokens tokens,
        int[] positions,
        BooleanSupplier withdrawn) {

    /** The same request for other positions. */
    BatchRequest at(int[] others, BooleanSupplier withdrawal) {
        return new BatchRequest(key, variant, kind, pressedAt, expiry, deadline, tokens, others, withdrawal);
    }

    /** The id under which every attempt at this device is known to the provider. */
    public UUID notificationId(int position) {
        return key.launch().notificationId(key.deviceOrdinal(position));
    }

    /** Until when the provider keeps the notification; EPOCH for one attempt. */
    public Instant expiration() {
        return expiry.isZero() ? Instant.EPOCH : pressedAt.plus(expiry);
    }

    /** Whether one more request may start. */
    public boolean mayStart(Instant now) {
        return now.isBefore(deadline) && !withdrawn.getAsBoolean();
    }
}
