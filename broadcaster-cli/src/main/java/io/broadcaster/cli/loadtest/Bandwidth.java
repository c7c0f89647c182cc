package io.broadcaster.cli.loadtest;

import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.wire.BarePeer;
import io.broadcaster.sender.SenderConfig;
import io.broadcaster.sender.SenderConfig.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections and batches a burst sender needs so that the round trip is not the limit: rate = connections ×
 * streams ÷ round trip. The libraries keep their defaults, which more connections would not speed up.
 */
final class Bandwidth {
    /** Per platform and second, above what two cores do for everything together. */
    private static final long TARGET_PER_SECOND = 800_000;

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long CONNECTIONS_MIN = 4;
    private static final long CONNECTIONS_MAX = 1_000;
    private static final long BATCHES_MIN = 64;
    private static final long BATCHES_MAX = 10_000;

    /** A batch is also held while it waits for the ledger. */
    private static final long BATCHES_BEYOND = 2;

    /** What the sections of the sender must have to be read at all; the stack gives the real ones. */
    private static final Map<String, String> REQUIRED = Map.of(
            "apns.topic", "-",
            "apns.team-id", "-",
            "apns.key-id", "-",
            "apns.signing-key-file", "-",
            "fcm.project", "-",
            "fcm.service-account-file", "-");

    private Bandwidth() {}

    /** The transport that these settings, still without keys and endpoints, come to. */
    static Transport transport(Settings settings) {
        return SenderConfig.from(Settings.of(REQUIRED).with(settings.values())).transport();
    }

    /** The settings with connections and batches in flight for this round trip, where they do not say themselves. */
    static Settings sized(Settings settings, Duration rtt, int senders) {
        if (transport(settings) == Transport.LIBRARY) {
            return settings;
        }
        var sizes = forBurst(rtt, senders);
        sizes.keySet().removeAll(settings.values().keySet());
        return settings.with(sizes);
    }

    static Map<String, String> forBurst(Duration rtt, int senders) {
        long underWay = TARGET_PER_SECOND * rtt.toMillis() / MILLIS_PER_SECOND / senders;
        var sizes = new HashMap<String, String>();
        sizes.put("apns.connections", connections(underWay, Platform.IOS));
        sizes.put("fcm.connections", connections(underWay, Platform.ANDROID));
        long batches = BATCHES_BEYOND * Math.ceilDiv(underWay, Platform.ANDROID.batchMax());
        sizes.put("sender.batches-in-flight", Long.toString(Math.clamp(batches, BATCHES_MIN, BATCHES_MAX)));
        return sizes;
    }

    private static String connections(long underWay, Platform platform) {
        long needed = Math.ceilDiv(underWay, BarePeer.streamsMax(platform));
        return Long.toString(Math.clamp(needed, CONNECTIONS_MIN, CONNECTIONS_MAX));
    }
}
