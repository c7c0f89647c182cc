package io.broadcaster.cli.faults;

import io.broadcaster.audience.BatchSizing;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How many devices were in doubt, over some judged launches: under at-most-once {@code unknown}, of which
 * {@code unknownDelivered}, and {@code twice} that must be none; under at-least-once {@code sentAgain}, and {@code givenUp}
 * as unknown after all.
 */
record Doubt(long unknown, long unknownDelivered, long twice, long sentAgain, long givenUp) {
    static final Doubt NONE = new Doubt(0, 0, 0, 0, 0);

    static Doubt of(List<Judged> launches) {
        long unknown = 0;
        long delivered = 0;
        long twice = 0;
        long again = 0;
        long givenUp = 0;
        for (Judged judged : launches) {
            if (judged.under(DeliveryPolicy.AT_MOST_ONCE)) {
                unknown += judged.unknown();
                delivered += judged.ledger().unknownDelivered();
                twice += judged.journals().extraDeliveries();
            } else {
                again += judged.journals().extraDeliveries();
                givenUp += judged.unknown();
            }
        }
        return new Doubt(unknown, delivered, twice, again, givenUp);
    }

    Doubt plus(Doubt other) {
        return new Doubt(
                unknown + other.unknown,
                unknownDelivered + other.unknownDelivered,
                twice + other.twice,
                sentAgain + other.sentAgain,
                givenUp + other.givenUp);
    }

    long all() {
        return unknown + twice + sentAgain + givenUp;
    }

    /** What one sender may have sent and not recorded: the batches that it may have in flight, on both platforms. */
    static long boundOf(int batchesInFlight, SyntheticAudience audience) {
        int perBatches = Arrays.stream(Platform.values())
                .mapToInt(platform -> BatchSizing.devicesPerBatch(
                        platform, audience.devices(Platform.IOS), audience.devices(Platform.ANDROID)))
                .sum();
        return (long) batchesInFlight * perBatches;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "at-most-once: %,d unknown (%,d of them delivered), %,d twice; at-least-once: %,d sent again, %,d unknown",
                unknown,
                unknownDelivered,
                twice,
                sentAgain,
                givenUp);
    }
}
