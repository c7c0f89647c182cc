package io.broadcaster.cli.demo;

import io.broadcaster.campaign.InvalidInput;

/** How many devices a demo has. */
record DemoSize(int ios, int android) {
    /** The local cloud holds the devices on the heap. */
    private static final int DEVICES_MAX = 2_000_000;

    DemoSize {
        if (ios < 0 || ios > DEVICES_MAX) {
            throw new InvalidInput("--ios", "must be from 0 to " + DEVICES_MAX, ios);
        }
        if (android < 0 || android > DEVICES_MAX) {
            throw new InvalidInput("--android", "must be from 0 to " + DEVICES_MAX, android);
        }
        if (ios + android == 0) {
            throw new InvalidInput("--ios and --android", "must give at least one device", 0);
        }
    }

    /** Of both platforms. */
    int devices() {
        return ios + android;
    }
}
