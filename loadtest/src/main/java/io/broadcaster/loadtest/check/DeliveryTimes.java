package io.broadcaster.loadtest.check;

import io.broadcaster.audience.Device;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.DeviceTrace;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;

/** When the devices of an audience got their first delivery, by the simulators' journal alone, from the press on. */
public final class DeliveryTimes {
    private final long[] sortedNanos;

    private DeliveryTimes(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    /** Reads the journal once per device of this platform; devices without a delivery are left out. */
    public static DeliveryTimes of(Journal journal, Platform platform, Stream<Device> audience, Instant pressedAt) {
        long offset = Duration.between(pressedAt, journal.startedAt()).toNanos();
        var trace = new DeviceTrace();
        long[] nanos = audience.filter(device -> device.platform() == platform)
                .map(device -> TokenKey.of(platform, device.token()))
                .filter(key -> journal.read(platform, key.high(), key.low(), trace) && trace.accepted() > 0)
                .mapToLong(key -> trace.firstNanos() + offset)
                .toArray();
        Arrays.sort(nanos);
        return new DeliveryTimes(nanos);
    }

    /** Devices with a delivery. */
    public int devices() {
        return sortedNanos.length;
    }

    /** The first delivery; negative when it came before the press. */
    public Duration first() {
        return at(0);
    }

    /** What {@code share} (0 to 1) of the deliveries were not later than. */
    public Duration percentile(double share) {
        return at(Math.max(0, (int) Math.ceil(share * sortedNanos.length) - 1));
    }

    private Duration at(int index) {
        return sortedNanos.length == 0 ? Duration.ZERO : Duration.ofNanos(sortedNanos[index]);
    }
}
