package io.broadcaster.api.progress;

import io.broadcaster.api.go.Fleet;
import io.broadcaster.api.progress.Light.Name;
import io.broadcaster.api.progress.Light.Who;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.WorkerStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lights that the heartbeats of the live workers tell of: senders ready for the snapshot, clocks, keys. What a worker has
 * not told is red, because nobody knows it. Pure.
 */
record FleetLights(Fleet fleet) {
    /** As the offset is known to half a second only; not-after and leases are judged with seconds to spare. */
    static final Duration CLOCK_OFFSET_MAX = Duration.ofSeconds(2);

    /** Both providers take a token for an hour, and both kinds are renewed before this age. */
    static final Duration TOKEN_AGE_MAX = Duration.ofMinutes(55);

    /** Faults that a sentence names one by one. */
    private static final int NAMED_MAX = 3;

    Light senders(SnapshotSummary snapshot, int readyMin) {
        int ready = fleet.readySenders(snapshot.manifestSha256());
        String why = ready + " of " + fleet.senders() + " live senders hold this very snapshot; at least " + readyMin
                + " must.";
        return ready >= readyMin ? Light.green(Name.SENDERS, why) : Light.red(Name.SENDERS, why, Who.OPS);
    }

    Light clock() {
        if (fleet.live().isEmpty()) {
            return Light.red(Name.CLOCK, "No worker is live, and so no clock is known.", Who.OPS);
        }
        List<String> faults =
                fleet.live().stream().flatMap(FleetLights::clockFault).toList();
        if (!faults.isEmpty()) {
            return Light.red(Name.CLOCK, named(faults), Who.OPS);
        }
        Duration farthest = fleet.live().stream()
                .flatMap(worker -> worker.vitals().clockOffset().stream())
                .map(Duration::abs)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return Light.green(
                Name.CLOCK,
                "Every clock is within " + seconds(CLOCK_OFFSET_MAX) + " of the cloud's; the farthest is off by "
                        + seconds(farthest) + ".");
    }

    private static Stream<String> clockFault(WorkerStatus worker) {
        Optional<Duration> offset = worker.vitals().clockOffset();
        if (offset.isEmpty()) {
            return Stream.of("the clock of " + worker.worker() + " is not known");
        }
        Duration ahead = offset.get();
        return ahead.abs().compareTo(CLOCK_OFFSET_MAX) <= 0
                ? Stream.empty()
                : Stream.of("the clock of " + worker.worker() + " is " + seconds(ahead.abs())
                        + (ahead.isNegative() ? " slow" : " fast"));
    }

    Light keys(SnapshotSummary snapshot) {
        List<WorkerStatus> ready = fleet.ready(snapshot.manifestSha256());
        if (ready.isEmpty()) {
            return Light.red(Name.KEYS, "No ready sender shows its keys.", Who.OPS);
        }
        List<String> faults =
                ready.stream().flatMap(sender -> keyFaults(sender, snapshot)).toList();
        return faults.isEmpty()
                ? Light.green(
                        Name.KEYS,
                        "Every ready sender uses its newest keys, and no token is older than "
                                + TOKEN_AGE_MAX.toMinutes() + " minutes.")
                : Light.red(Name.KEYS, named(faults), Who.OPS);
    }

    private Stream<String> keyFaults(WorkerStatus sender, SnapshotSummary snapshot) {
        return Arrays.stream(Platform.values())
                .filter(platform -> snapshot.devices(platform) > 0)
                .flatMap(platform -> {
                    List<ProviderKey> keys = sender.vitals().keys().stream()
                            .filter(key -> key.platform() == platform)
                            .toList();
                    return keys.isEmpty()
                            ? Stream.of("no " + spoken(platform) + " key of " + sender.worker() + " is known")
                            : keys.stream().flatMap(key -> keyFault(sender, key));
                });
    }

    private Stream<String> keyFault(WorkerStatus sender, ProviderKey key) {
        String whose = "the newest " + spoken(key.platform()) + " key of " + sender.worker();
        return switch (key.phase()) {
            case UNREADABLE -> Stream.of(whose + " cannot be read");
            case BROKEN -> Stream.of(whose + " is no key");
            case REFUSED -> Stream.of(whose + " is refused");
            case IN_USE ->
                key
                        .tokenIssuedAt()
                        .filter(issued -> issued.plus(TOKEN_AGE_MAX).isBefore(fleet.seenAt()))
                        .map(issued -> "the " + spoken(key.platform()) + " token of " + sender.worker() + " is "
                                + Duration.between(issued, fleet.seenAt()).toMinutes() + " minutes old")
                        .stream();
        };
    }

    static String spoken(Platform platform) {
        return switch (platform) {
            case IOS -> "iOS";
            case ANDROID -> "Android";
        };
    }

    /** A sentence of the first faults, and how many there are beside them. */
    private static String named(List<String> faults) {
        String first = faults.stream().limit(NAMED_MAX).collect(Collectors.joining("; "));
        String more = faults.size() > NAMED_MAX ? "; and " + (faults.size() - NAMED_MAX) + " more" : "";
        return Character.toUpperCase(first.charAt(0)) + first.substring(1) + more + ".";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
