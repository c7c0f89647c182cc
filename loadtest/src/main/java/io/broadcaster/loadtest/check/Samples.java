package io.broadcaster.loadtest.check;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.util.ArrayList;
import java.util.List;

/** The first few devices of a finding, under their keys; confined to one thread. */
final class Samples {
    /** Enough to look into, few enough to print. */
    static final int MAX = 10;

    private final List<String> lines = new ArrayList<>();

    void add(Platform platform, TokenKey device, String what) {
        if (lines.size() < MAX) {
            lines.add(platform.wireName() + " " + device.hex() + ": " + what);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
