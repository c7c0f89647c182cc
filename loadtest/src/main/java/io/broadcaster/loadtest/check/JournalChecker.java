package io.broadcaster.loadtest.check;

import io.broadcaster.audience.Device;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.provider.journal.DeviceReceipts;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges one launch by the providers' journals and the synthetic audience alone; nothing that Broadcaster recorded is
 * read. Confined to one thread; 32 bytes per device.
 */
public final class JournalChecker {
    private final Journal journal;
    private final Launched launched;
    private final DeviceKeys audience = new DeviceKeys();
    private final Samples samples = new Samples();
    private long devices;
    private long deliveredOnce;
    private long refusedAsExpected;
    private long lost;
    private long duplicated;
    private long extraDeliveries;
    private long extraUnderSameCollapseId;
    private long deliveredAgainstExpectation;
    private long wrongCollapseId;
    private long strangers;

    private JournalChecker(Journal journal, Launched launched) {
        this.journal = journal;
        this.launched = launched;
    }

    /**
     * What may be found: the launch's collapse id; collapse ids of proofs and other launches, whose deliveries are passed
     * over; and test devices outside the audience.
     */
    public record Launched(String collapseId, Set<String> otherCollapseIds, Set<TokenKey> testDevices) {
        public Launched {
            otherCollapseIds = Set.copyOf(otherCollapseIds);
            testDevices = Set.copyOf(testDevices);
        }

        /** One launch and nothing beside it. */
        public static Launched only(String collapseId) {
            return new Launched(collapseId, Set.of(), Set.of());
        }
    }

    /**
     * {@code devices = deliveredOnce + refusedAsExpected + lost + duplicated + deliveredAgainstExpectation}. {@code lost}:
     * no delivery, or not even a refusal where one was due. {@code duplicated}: more than one, {@code extraDeliveries} in
     * all, of which {@code extraUnderSameCollapseId} replace each other on the phone. {@code wrongCollapseId}: devices with
     * a delivery under an id that nobody announced. {@code strangers}: delivered to, but not in the audience.
     */
    public record Report(
            long devices,
            long deliveredOnce,
            long refusedAsExpected,
            long lost,
            long duplicated,
            long extraDeliveries,
            long extraUnderSameCollapseId,
            long deliveredAgainstExpectation,
            long wrongCollapseId,
            long strangers,
            List<String> samples) {
        public Report {
            samples = List.copyOf(samples);
        }

        /** Agreement, or what was found. */
        public Verdict verdict() {
            var findings = new ArrayList<String>();
            note(findings, lost, "devices lost");
            note(findings, duplicated, "devices with more than one delivery");
            note(findings, deliveredAgainstExpectation, "dead or bad devices delivered to");
            note(findings, wrongCollapseId, "devices with a delivery under a wrong collapse id");
            note(findings, strangers, "devices delivered to that are not in the audience");
            return Verdict.of(devices, findings);
        }

        private static void note(List<String> findings, long count, String what) {
            if (count > 0) {
                findings.add(count + " " + what);
            }
        }
    }

    /** Reads the audience once and the journal once. */
    public static Report check(Journal journal, Stream<Device> audience, Launched launched) {
        var checker = new JournalChecker(journal, launched);
        try (audience) {
            audience.forEach(checker::device);
        }
        for (Platform platform : Platform.values()) {
            journal.forEach(platform, (key, receipts) -> checker.stranger(platform, key, receipts));
        }
        return checker.report();
    }

    private void device(Device device) {
        TokenKey key = TokenKey.of(device.platform(), device.token());
        if (!audience.add(key)) {
            return; // listed twice: still one device
        }
        devices++;
        DeviceReceipts receipts = journal.receipts(device.platform(), key);
        long deliveries = deliveries(receipts);
        long underLaunch = receipts.acceptedUnder(launched.collapseId());
        if (deliveries > underLaunch) {
            wrongCollapseId++;
            samples.add(
                    device.platform(),
                    key,
                    "delivered under collapse ids " + receipts.collapseIds().keySet());
        }
        OutcomeCode expected = SyntheticAudience.expected(device);
        if (expected != OutcomeCode.ACCEPTED) {
            refused(device.platform(), key, expected, receipts);
        } else if (deliveries == 0) {
            lost++;
            samples.add(
                    device.platform(),
                    key,
                    "not delivered, refused for " + receipts.refusals().keySet());
        } else if (deliveries == 1) {
            deliveredOnce++;
        } else {
            duplicated++;
            extraDeliveries += deliveries - 1;
            extraUnderSameCollapseId += Math.max(0, underLaunch - 1);
            samples.add(device.platform(), key, "delivered " + deliveries + " times");
        }
    }

    private void refused(Platform platform, TokenKey key, OutcomeCode expected, DeviceReceipts receipts) {
        if (deliveries(receipts) > 0) {
            deliveredAgainstExpectation++;
            samples.add(platform, key, "delivered though " + expected);
        } else if (ProviderReasons.explain(platform, expected, receipts)) {
            refusedAsExpected++;
        } else {
            lost++;
            samples.add(platform, key, "never tried");
        }
    }

    private void stranger(Platform platform, TokenKey key, DeviceReceipts receipts) {
        if (deliveries(receipts) > 0
                && !audience.contains(key)
                && !launched.testDevices().contains(key)) {
            strangers++;
            samples.add(platform, key, "delivered though not in the audience");
        }
    }

    /** Accepted deliveries that belong to this launch, or to nothing that was announced. */
    private long deliveries(DeviceReceipts receipts) {
        long announced = receipts.collapseIds().entrySet().stream()
                .filter(delivered -> launched.otherCollapseIds().contains(delivered.getKey()))
                .mapToLong(delivered -> delivered.getValue())
                .sum();
        return receipts.accepted() - announced;
    }

    private Report report() {
        return new Report(
                devices,
                deliveredOnce,
                refusedAsExpected,
                lost,
                duplicated,
                extraDeliveries,
                extraUnderSameCollapseId,
                deliveredAgainstExpectation,
                wrongCollapseId,
                strangers,
                samples.lines());
    }
}
