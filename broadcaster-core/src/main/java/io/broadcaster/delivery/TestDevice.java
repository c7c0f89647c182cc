package io.broadcaster.delivery;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.util.regex.Pattern;

/** A phone of the team that proofs are sent to, under a name of 1 to 63 of {@code a-z 0-9 -}. */
public record TestDevice(String name, String owner, Platform platform, DeviceToken token, LocaleTag locale) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public TestDevice {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInput("test device name", "must be 1 to 63 of a-z 0-9 - and not start with a dash", name);
        }
    }
}
