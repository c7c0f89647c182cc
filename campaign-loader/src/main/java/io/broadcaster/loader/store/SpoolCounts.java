package io.broadcaster.loader.store;

import io.broadcaster.campaign.LoadCounts;

/** What has been found up to a row of the audience: all rows before and including it are in the segments. */
public record SpoolCounts(
        long rows, long users, long malformedRows, long usersWithoutDevice, long iosDevices, long androidDevices) {
    static final SpoolCounts NONE = new SpoolCounts(0, 0, 0, 0, 0, 0);

    /** Devices found on both platforms, duplicates included. */
    public long devices() {
        return iosDevices + androidDevices;
    }

    /** As the campaign counts, once the duplicates among the devices are known. */
    LoadCounts without(long duplicates) {
        return new LoadCounts(rows, users, malformedRows, usersWithoutDevice, devices(), duplicates);
    }

    /** As the campaign counts, while duplicates are not known. */
    public LoadCounts soFar() {
        return without(0);
    }
}
