package io.broadcaster.audience;

import io.broadcaster.campaign.Platform;

/**
 * How many devices go into one batch: the platform's limit, or fewer where that would leave a launch with fewer than
 * {@link #BATCHES_MIN} batches, so that even a small launch is spread over the fleet.
 */
public final class BatchSizing {
    /** A launch has at least 50 slices (the reference system's figure), and a slice at least one batch. */
    public static final int BATCHES_MIN = 50;

    private BatchSizing() {}

    /** Devices per batch of {@code platform}, given the devices of both; at least 1. */
    public static int devicesPerBatch(Platform platform, long iosDevices, long androidDevices) {
        long atLimit = Math.ceilDiv(iosDevices, Platform.IOS.batchMax())
                + Math.ceilDiv(androidDevices, Platform.ANDROID.batchMax());
        if (atLimit >= BATCHES_MIN) {
            return platform.batchMax();
        }
        long spread = (iosDevices + androidDevices) / BATCHES_MIN;
        return Math.clamp(spread, 1, platform.batchMax());
    }
}
