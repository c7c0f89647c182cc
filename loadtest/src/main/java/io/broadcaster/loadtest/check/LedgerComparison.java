package io.broadcaster.loadtest.check;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.loadtest.provider.journal.DeviceReceipts;
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
    private final String collapseId;
    private final DeviceKeys told = new DeviceKeys();
    private final Samples samples = new Samples();
    private final OutcomeCounts ledger = new OutcomeCounts();
    private final OutcomeCounts confirmed = new OutcomeCounts();
    private long repeated;
    private long untold;
    private long unknownDelivered;

    private LedgerComparison(Journal journal, String collapseId) {
        this.journal = journal;
        this.collapseId = collapseId;
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
        outcomes.forEach(comparison::device);
        for (Platform platform : Platform.values()) {
            journal.forEach(platform, (key, receipts) -> comparison.untold(platform, key, receipts));
        }
        return comparison.result();
    }

    private void device(DeviceOutcome outcome) {
        TokenKey key = TokenKey.of(outcome.platform(), outcome.token());
        if (!told.add(key)) {
            repeated++;
            samples.add(outcome.platform(), key, "in the ledger more than once");
            return;
        }
        ledger.add(outcome.code(), 1);
        DeviceReceipts receipts = journal.receipts(outcome.platform(), key);
        if (confirms(outcome, receipts)) {
            confirmed.add(outcome.code(), 1);
        } else {
            samples.add(
                    outcome.platform(),
                    key,
                    outcome.code() + " in the ledger, journal has " + receipts.acceptedUnder(collapseId)
                            + " deliveries and refusals " + receipts.refusals());
        }
        if (outcome.code() == OutcomeCode.UNKNOWN && receipts.acceptedUnder(collapseId) > 0) {
            unknownDelivered++;
        }
    }

    private boolean confirms(DeviceOutcome outcome, DeviceReceipts receipts) {
        boolean delivered = receipts.acceptedUnder(collapseId) > 0;
        return switch (outcome.code()) {
            case ACCEPTED -> delivered;
            case UNREGISTERED, BAD_TOKEN, WRONG_APP, PAYLOAD_TOO_LARGE, BAD_REQUEST, THROTTLED ->
                !delivered && ProviderReasons.explain(outcome.platform(), outcome.code(), receipts);
            // Refused credentials are journaled without a device, and an unreachable provider journals nothing.
            case EXPIRED, SUPPRESSED, UNAUTHORIZED, UNAVAILABLE -> !delivered;
            case UNKNOWN -> true;
            case PENDING -> false;
        };
    }

    private void untold(Platform platform, TokenKey key, DeviceReceipts receipts) {
        if (receipts.acceptedUnder(collapseId) > 0 && !told.contains(key)) {
            untold++;
            samples.add(platform, key, "delivered, but not in the ledger");
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
