package io.broadcaster.loadtest.check;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.loadtest.provider.journal.DeviceTrace;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the ledger of one launch against the providers' journals, device by device: accepted there means delivered here,
 * a refusal there has its reason here, and what was not sent there did not arrive here. UNKNOWN may be either and is
 * counted. Confined to one thread; 32 bytes per device.
 */
public final class LedgerComparison {
    private final Journal journal;
    private final int collapseNumber;
    private final ProviderReasons reasons;
    private final DeviceKeys told;
    private final DeviceTrace trace = new DeviceTrace();
    private final Samples samples = new Samples();
    private final OutcomeCounts ledger = new OutcomeCounts();
    private final OutcomeCounts confirmed = new OutcomeCounts();
    private long repeated;
    private long untold;
    private long unknownDelivered;

    private LedgerComparison(Journal journal, String collapseId) {
        this.journal = journal;
        collapseNumber = journal.collapseNumber(collapseId);
        reasons = new ProviderReasons(journal);
        told = new DeviceKeys(Math.addExact(journal.devices(Platform.IOS), journal.devices(Platform.ANDROID)));
    }

    /** Devices under one code: what the ledger says, and how many of them the journals confirm. */
    public record Tally(long ledger, long confirmed) {}

    /**
     * Every code that occurs with its {@link Tally}; {@code repeatedDevices}: told more than once; {@code untoldDevices}:
     * delivered to under this launch, but not in the ledger; {@code unknownDelivered}: UNKNOWN there, delivered here.
     */
    public record Result(
            Map<OutcomeCode, Tally> tallies,
            long repeatedDevices,
            long untoldDevices,
            long unknownDelivered,
            List<String> samples) {
        public Result {
            tallies = Map.copyOf(tallies);
            samples = List.copyOf(samples);
        }

        /** Devices that the ledger tells of. */
        public long devices() {
            return tallies.values().stream().mapToLong(Tally::ledger).sum();
        }

        /** Agreement to the unit, or what was found. */
        public Verdict verdict() {
            var findings = new ArrayList<String>();
            for (OutcomeCode code : OutcomeCode.values()) {
                Tally tally = tallies.getOrDefault(code, new Tally(0, 0));
                if (tally.ledger() != tally.confirmed()) {
                    findings.add((tally.ledger() - tally.confirmed()) + " of " + tally.ledger() + " devices " + code
                            + " in the ledger are not so in the journals");
                }
            }
            if (repeatedDevices > 0) {
                findings.add(repeatedDevices + " devices are in the ledger more than once");
            }
            if (untoldDevices > 0) {
                findings.add(untoldDevices + " devices were delivered to and are not in the ledger");
            }
            return Verdict.of(devices(), findings);
        }
    }

    /** Compares the outcomes of the launch with this collapse id. */
    public static Result compare(DeviceOutcomes outcomes, Journal journal, String collapseId) {
        var comparison = new LedgerComparison(journal, collapseId);
        outcomes.forEachKey(comparison::device);
        for (Platform platform : Platform.values()) {
            journal.forEachTrace(platform, found -> comparison.untold(platform, found));
        }
        return comparison.result();
    }

    private void device(Platform platform, long keyHigh, long keyLow, OutcomeCode code) {
        if (!told.add(keyHigh, keyLow)) {
            repeated++;
            samples.add(platform, new TokenKey(keyHigh, keyLow), "in the ledger more than once");
            return;
        }
        ledger.add(code, 1);
        journal.read(platform, keyHigh, keyLow, trace);
        if (confirms(platform, code)) {
            confirmed.add(code, 1);
        } else {
            samples.add(
                    platform,
                    trace.key(),
                    code + " in the ledger, journal has " + trace.acceptedUnder(collapseNumber)
                            + " deliveries and refusals "
                            + journal.receipts(platform, trace.key()).refusals());
        }
        if (code == OutcomeCode.UNKNOWN && trace.acceptedUnder(collapseNumber) > 0) {
            unknownDelivered++;
        }
    }

    private boolean confirms(Platform platform, OutcomeCode code) {
        boolean delivered = trace.acceptedUnder(collapseNumber) > 0;
        return switch (code) {
            case ACCEPTED -> delivered;
            case UNREGISTERED, BAD_TOKEN, WRONG_APP, PAYLOAD_TOO_LARGE, BAD_REQUEST, THROTTLED ->
                !delivered && reasons.explain(platform, code, trace);
            // Refused credentials are journaled without a device, and an unreachable provider journals nothing.
            case EXPIRED, SUPPRESSED, UNAUTHORIZED, UNAVAILABLE -> !delivered;
            case UNKNOWN -> true;
            case PENDING -> false;
        };
    }

    private void untold(Platform platform, DeviceTrace found) {
        if (!told.contains(found.high(), found.low()) && found.acceptedUnder(collapseNumber) > 0) {
            untold++;
            samples.add(platform, found.key(), "delivered, but not in the ledger");
        }
    }

    private Result result() {
        var tallies = new EnumMap<OutcomeCode, Tally>(OutcomeCode.class);
        for (OutcomeCode code : OutcomeCode.values()) {
            if (ledger.of(code) > 0) {
                tallies.put(code, new Tally(ledger.of(code), confirmed.of(code)));
            }
        }
        return new Result(tallies, repeated, untold, unknownDelivered, samples.lines());
    }
}
