package io.broadcaster.loadtest.check;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;

/** What Broadcaster says became of one device. */
public record DeviceOutcome(Platform platform, DeviceToken token, OutcomeCode code) {}
