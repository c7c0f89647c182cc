package io.broadcaster.campaign;

import java.time.Instant;

/**
 * The durable "go": written once, shown unchanged to every presser. {@code slices} and {@code batches} are what the
 * dispatch will put into tier 1 and what tier 2 then holds.
 */
public record Launch(
        LaunchId id, CampaignId campaign, int revision, String pressedBy, Instant pressedAt, int slices, int batches) {}
