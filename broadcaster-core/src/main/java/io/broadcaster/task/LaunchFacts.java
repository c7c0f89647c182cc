package io.broadcaster.task;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import java.time.Instant;

/**
 * What every message of a launch repeats, so that a worker needs no look-up. {@code dispatch} is the ordinal of the
 * dispatch; {@code pressedAt} and {@code notAfter} have millisecond precision.
 */
public record LaunchFacts(
        LaunchId id,
        CampaignId campaign,
        int revision,
        int dispatch,
        DeliveryPolicy policy,
        Instant pressedAt,
        Instant notAfter) {}
