package io.broadcaster.campaign;

/**
 * What the campaign remembers of its sealed snapshot. The SHA-256 (hex) of the manifest identifies the content, the
 * devices and their order; {@code contentHash} is the campaign's at the time of the load.
 */
public record SnapshotSummary(
        String manifestKey,
        String manifestSha256,
        String contentHash,
        long iosDevices,
        int iosBatches,
        long androidDevices,
        int androidBatches,
        LoadCounts counts) {

    /** Devices of one platform. */
    public long devices(Platform platform) {
        return switch (platform) {
            case IOS -> iosDevices;
            case ANDROID -> androidDevices;
        };
    }

    /** Batches of one platform. */
    public int batches(Platform platform) {
        return switch (platform) {
            case IOS -> iosBatches;
            case ANDROID -> androidBatches;
        };
    }

    /** Devices of both platforms. */
    public long devices() {
        return iosDevices + androidDevices;
    }

    /** Batches of both platforms. */
    public int batches() {
        return iosBatches + androidBatches;
    }
}
