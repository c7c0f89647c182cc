package io.broadcaster.campaign;

/**
 * What a load found. Identities: {@code rows = users + malformedRows}; {@code devicesFound = devices + duplicateDevices}.
 * {@code users} counts well-formed rows (a user asked for twice counts twice); {@code devices} is the snapshot's size.
 */
public record LoadCounts(
        long rows, long users, long malformedRows, long usersWithoutDevice, long devicesFound, long duplicateDevices) {
    /** Devices in the snapshot. */
    public long devices() {
        return devicesFound - duplicateDevices;
    }
}
