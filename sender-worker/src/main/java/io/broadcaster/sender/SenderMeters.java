package io.broadcaster.sender;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.receive.BatchHandler;
import io.broadcaster.sender.receive.BatchListener;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.ThrottleGate;
import io.broadcaster.sender.settle.SettlementListener;
import io.broadcaster.sender.snapshot.SnapshotShelf;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sender's meters; the names are here and nowhere else, those of the receive loops ({@code broadcaster.queue.*}) in
 * telemetry. Identities: {@code requests.ended} by kind sum to the requests made plus the withdrawn ones; over the fleet
 * {@code devices.settled} sums to the launch's devices. Any thread.
 */
final class SenderMeters implements SettlementListener, BatchListener {
    private static final Logger log = LoggerFactory.getLogger(SenderMeters.class);

    private final MeterRegistry registry;
    private final Map<Platform, Map<Ended, Counter>> ended = new EnumMap<>(Platform.class);
    private final Map<Platform, Map<OutcomeCode, Counter>> settled = new EnumMap<>(Platform.class);
    private final Map<Platform, Timer> batchTime = new EnumMap<>(Platform.class);
    private final Map<Platform, Counter> unreadable = new EnumMap<>(Platform.class);
    private final Counter recordsFailed;
    private final Counter recordsSuperseded;
    private final Counter devicesSuperseded;

    /** How one request ended. */
    private enum Ended {
        ACCEPTED,
        UNREGISTERED,
        REJECTED,
        THROTTLED,
        UNPROCESSED,
        AMBIGUOUS
    }

    SenderMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Platform platform : Platform.values()) {
            ended.put(platform, requestsEnded(registry, platform));
            settled.put(platform, devicesSettled(registry, platform));
            batchTime.put(
                    platform,
                    Timer.builder("broadcaster.sender.batch.time")
                            .description("from the first request of a batch to its record in the ledger")
                            .tag("platform", platform.wireName())
                            .publishPercentileHistogram()
                            .register(registry));
            unreadable.put(
                    platform,
                    Counter.builder("broadcaster.sender.batches.unreadable")
                            .description("messages that are no batch of the platform")
                            .tag("platform", platform.wireName())
                            .register(registry));
        }
        recordsFailed = counter("broadcaster.sender.records.failed", "ledger writes that failed and were repeated");
        recordsSuperseded = counter("broadcaster.sender.records.superseded", "records that another worker overtook");
        devicesSuperseded =
                counter("broadcaster.sender.devices.superseded", "devices with an outcome from two workers");
    }

    /** Gauges of a platform's provider connections and their bounds. */
    void bindSender(Platform platform, BatchSender sender, ThrottleGate gate) {
        gauge("broadcaster.sender.connections", "open connections to the provider", platform, sender::connections);
        gauge("broadcaster.sender.requests.outstanding", "requests without answer", platform, sender::outstanding);
        gauge(
                "broadcaster.sender.requests.outstanding.max",
                "bound of broadcaster.sender.requests.outstanding",
                platform,
                sender::outstandingMax);
        gauge(
                "broadcaster.sender.throttled",
                "1 while the platform's quota is spent",
                platform,
                () -> gate.closed() ? 1 : 0);
    }

    /** Gauges of what is claimed under at-most-once and its bound. */
    void bindClaims(Platform platform, BatchHandler handler) {
        gauge(
                "broadcaster.sender.claimed.devices",
                "devices claimed under at-most-once and not recorded yet: what a kill would leave unknown",
                platform,
                handler::claimedDevices);
        gauge(
                "broadcaster.sender.claimed.devices.max",
                "bound of broadcaster.sender.claimed.devices",
                platform,
                handler::claimedDevicesMax);
    }

    /** Gauges of the snapshots in memory and their bound. */
    void bindShelf(SnapshotShelf shelf) {
        Gauge.builder("broadcaster.sender.snapshots.bytes", shelf::bytes)
                .description("snapshot memory off the heap, in bytes")
                .register(registry);
        Gauge.builder("broadcaster.sender.snapshots.bytes.max", shelf::bytesMax)
                .description("bound of broadcaster.sender.snapshots.bytes")
                .register(registry);
    }

    @Override
    public void attempts(Platform platform, SendOutcome outcome, int requests) {
        Ended how = switch (outcome) {
            case SendOutcome.Accepted _ -> Ended.ACCEPTED;
            case SendOutcome.Unregistered _ -> Ended.UNREGISTERED;
            case SendOutcome.Rejected _ -> Ended.REJECTED;
            case SendOutcome.Throttled _ -> Ended.THROTTLED;
            case SendOutcome.Unprocessed _ -> Ended.UNPROCESSED;
            case SendOutcome.Ambiguous _ -> Ended.AMBIGUOUS;
        };
        of(of(ended, platform), how).increment(requests);
    }

    @Override
    public void settled(Platform platform, OutcomeCode code, long devices) {
        of(of(settled, platform), code).increment((double) devices);
    }

    @Override
    public void batchSent(Platform platform, Duration took) {
        of(batchTime, platform).record(took);
    }

    @Override
    public void unreadable(Platform platform, int receiveCount, InvalidInput why) {
        of(unreadable, platform).increment();
        if (receiveCount == 1) { // once, not at each of its deliveries
            log.atError()
                    .addKeyValue("platform", platform.wireName())
                    .addKeyValue("why", why.getMessage())
                    .log("a message of tier 2 is no batch; it goes to the dead letters");
        }
    }

    @Override
    public void recordFailed(StoreException cause) {
        recordsFailed.increment();
        log.atWarn().setCause(cause).log("a batch could not be recorded, writing it again while its lease holds");
    }

    @Override
    public void superseded(int devicesFromBoth) {
        recordsSuperseded.increment();
        devicesSuperseded.increment(devicesFromBoth);
    }

    private static Map<Ended, Counter> requestsEnded(MeterRegistry registry, Platform platform) {
        var counters = new EnumMap<Ended, Counter>(Ended.class);
        for (Ended how : Ended.values()) {
            counters.put(
                    how,
                    Counter.builder("broadcaster.sender.requests.ended")
                            .description("requests to the provider by how they ended")
                            .tag("platform", platform.wireName())
                            .tag("kind", how.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    private static Map<OutcomeCode, Counter> devicesSettled(MeterRegistry registry, Platform platform) {
        var counters = new EnumMap<OutcomeCode, Counter>(OutcomeCode.class);
        for (OutcomeCode code : OutcomeCode.values()) {
            counters.put(
                    code,
                    Counter.builder("broadcaster.sender.devices.settled")
                            .description("devices whose terminal outcome this worker wrote to the ledger")
                            .tag("platform", platform.wireName())
                            .tag("code", code.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, Platform platform, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("platform", platform.wireName())
                .register(registry);
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }
}
