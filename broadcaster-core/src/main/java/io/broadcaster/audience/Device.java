package io.broadcaster.audience;

import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.time.Instant;

/** One registration of a user. {@code registeredAt} decides whether a 410 of APNs is about this registration. */
public record Device(Platform platform, DeviceToken token, LocaleTag locale, Instant registeredAt) {}
