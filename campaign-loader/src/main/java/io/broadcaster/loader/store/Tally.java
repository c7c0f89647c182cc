package io.broadcaster.loader.store;

import io.broadcaster.campaign.Platform;

/** Running {@link SpoolCounts}. Confined to one thread. */
final class Tally {
    private long rows;
    private long users;
    private long malformedRows;
    private long usersWithoutDevice;
    private long iosDevices;
    private long androidDevices;

    Tally(SpoolCounts start) {
        rows = start.rows();
        users = start.users();
        malformedRows = start.malformedRows();
        usersWithoutDevice = start.usersWithoutDevice();
        iosDevices = start.iosDevices();
        androidDevices = start.androidDevices();
    }

    void malformed() {
        rows++;
        malformedRows++;
    }

    void user(boolean hasDevice) {
        rows++;
        users++;
        usersWithoutDevice += hasDevice ? 0 : 1;
    }

    void device(Platform platform) {
        switch (platform) {
            case IOS -> iosDevices++;
            case ANDROID -> androidDevices++;
        }
    }

    SpoolCounts counts() {
        return new SpoolCounts(rows, users, malformedRows, usersWithoutDevice, iosDevices, androidDevices);
    }
}
