package io.broadcaster.delivery;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;

/** One batch of a launch. */
public record BatchKey(LaunchId launch, Platform platform, int batch) {
    /** Most devices of one batch that an ordinal has room for; the platforms' limits are below it. */
    private static final int POSITION_BITS = 10;

    private static final int PLATFORM_SHIFT = 48;

    /** The number of a device, unique within the launch and below 2^50: from it the {@code apns-id} is made. */
    public long deviceOrdinal(int position) {
        long platformBit = switch (platform) {
            case IOS -> 0;
            case ANDROID -> 1;
        };
        return (platformBit << PLATFORM_SHIFT) | ((long) batch << POSITION_BITS) | position;
    }
}
