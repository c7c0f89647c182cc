package io.broadcaster.loadtest.check;

import io.broadcaster.audience.Device;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.provider.journal.DeviceReceipts;
import io.broadcaster.loadtest.provider.journal.DeviceTrace;
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
    private final int collapseNumber;
    private final int[] otherCollapseNumbers;
    private final ProviderReasons reasons;
    private final DeviceKeys audience;
    private final DeviceTrace trace = new DeviceTrace();
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
        collapseNumber = journal.collapseNumber(launched.collapseId());
        otherCollapseNumbers = launched.otherCollapseIds().stream()
                .mapToInt(journal::collapseNumber)
                .toArray();
        reasons = new ProviderReasons(journal);
        audience = new DeviceKeys(Math.addExact(journal.devices(Platform.IOS), journal.devices(Platform.ANDROID)));
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
        return check(journal, AudienceKeys.of(audience), launched);
    }

    /** The same for an audience of millions. */
    public static Report check(Journal journal, AudienceKeys audience, Launched launched) {
        var checker = new JournalChecker(journal, launched);
        audience.forEach(checker::device);
        for (Platform platform : Platform.values()) {
            journal.forEachTrace(platform, trace -> checker.stranger(platform, trace));
        }
        return checker.report();
    }

    private void device(Platform platform, long keyHigh, long keyLow, OutcomeCode expected) {
        if (!audience.add(keyHigh, keyLow)) {
            return; // listed twice: still one device
        }
        devices++;
        journal.read(platform, keyHigh, keyLow, trace);
        long deliveries = deliveries(trace);
        long underLaunch = trace.acceptedUnder(collapseNumber);
        if (deliveries > underLaunch) {
            wrongCollapseId++;
            sample(
                    platform,
                    "delivered under collapse ids "
                            + receipts(platform).collapseIds().keySet());
        }
        if (expected != OutcomeCode.ACCEPTED) {
            refused(platform, expected, deliveries);
        } else if (deliveries == 0) {
            lost++;
            sample(
                    platform,
                    "not delivered, refused for "
                            + receipts(platform).refusals().keySet());
        } else if (deliveries == 1) {
            deliveredOnce++;
        } else {
            duplicated++;
            extraDeliveries += deliveries - 1;
            extraUnderSameCollapseId += Math.max(0, underLaunch - 1);
            sample(platform, "delivered " + deliveries + " times");
        }
    }

    private void refused(Platform platform, OutcomeCode expected, long deliveries) {
        if (deliveries > 0) {
            deliveredAgainstExpectation++;
            sample(platform, "delivered though " + expected);
        } else if (reasons.explain(platform, expected, trace)) {
            refusedAsExpected++;
        } else {
            lost++;
            sample(platform, "never tried");
        }
    }

    private void stranger(Platform platform, DeviceTrace found) {
        if (!audience.contains(found.high(), found.low())
                && deliveries(found) > 0
                && !launched.testDevices().contains(found.key())) {
            strangers++;
            samples.add(platform, found.key(), "delivered though not in the audience");
        }
    }

    /** Accepted deliveries that belong to this launch, or to nothing that was announced. */
    private long deliveries(DeviceTrace of) {
        long announced = 0;
        for (int other : otherCollapseNumbers) {
            announced += of.acceptedUnder(other);
        }
        return of.accepted() - announced;
    }

    private DeviceReceipts receipts(Platform platform) {
        return journal.receipts(platform, trace.key());
    }

    private void sample(Platform platform, String what) {
        samples.add(platform, trace.key(), what);
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
