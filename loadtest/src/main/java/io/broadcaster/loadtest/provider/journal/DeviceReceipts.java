package io.broadcaster.loadtest.provider.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one device got. {@code collapseIds} holds the accepted deliveries by collapse id ({@code ""}: none was given);
 * {@code apnsIds} the first ones seen, one per accepted delivery, and is empty for Android; {@code firstAccepted} and
 * {@code lastAccepted} are EPOCH while there is none; {@code refusals} are counted by the provider's reason.
 */
public record DeviceReceipts(
        int accepted,
        Map<String, Integer> collapseIds,
        List<UUID> apnsIds,
        Instant firstAccepted,
        Instant lastAccepted,
        Map<String, Integer> refusals) {
    /** Nothing reached the device, and nothing was refused. */
    public static final DeviceReceipts NONE =
            new DeviceReceipts(0, Map.of(), List.of(), Instant.EPOCH, Instant.EPOCH, Map.of());

    public DeviceReceipts {
        collapseIds = Map.copyOf(collapseIds);
        apnsIds = List.copyOf(apnsIds);
        refusals = Map.copyOf(refusals);
    }

    /** Accepted deliveries under one collapse id. */
    public int acceptedUnder(String collapseId) {
        return collapseIds.getOrDefault(collapseId, 0);
    }

    /** Whether the provider refused the device at least once for this reason. */
    public boolean refusedFor(String reason) {
        return refusals.containsKey(reason);
    }
}
