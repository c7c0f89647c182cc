package io.broadcaster.cli.faults;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.check.JournalChecker;
import io.broadcaster.loadtest.check.LedgerComparison;
import io.broadcaster.loadtest.check.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One judged launch: what the journals say, how the ledger compares, and what the invariants make of both. */
record Judged(FaultCampaign campaign, JournalChecker.Report journals, LedgerComparison.Result ledger) {
    private static final LedgerComparison.Tally NONE = new LedgerComparison.Tally(0, 0);

    /** What providers that behave and workers that die can lead to. */
    static final Set<OutcomeCode> USUAL =
            EnumSet.of(OutcomeCode.ACCEPTED, OutcomeCode.UNREGISTERED, OutcomeCode.BAD_TOKEN, OutcomeCode.UNKNOWN);

    /** Devices that the ledger calls unknown. */
    long unknown() {
        return of(OutcomeCode.UNKNOWN);
    }

    /** Devices that got nothing and of which the ledger does not say so (I2). */
    long silentlyLost() {
        return Math.max(0, journals.lost() - (unknown() - ledger.unknownDelivered()) - of(OutcomeCode.EXPIRED));
    }

    /** Devices under one code in the ledger. */
    long of(OutcomeCode code) {
        return ledger.tallies().getOrDefault(code, NONE).ledger();
    }

    /** Devices in doubt: sent once more under at-least-once, unknown and never sent again under at-most-once. */
    long ambiguous() {
        return journals.extraDeliveries() + unknown();
    }

    /** What breaks an invariant, a sentence each; {@code ambiguousMax} is the bound that the row states. */
    List<String> findings(long ambiguousMax) {
        return findings(ambiguousMax, USUAL);
    }

    /** The same where the ledger may have these codes. */
    List<String> findings(long ambiguousMax, Set<OutcomeCode> codes) {
        var findings = new ArrayList<String>();
        once(findings);
        note(findings, silentlyLost(), "I2: devices silently lost");
        note(findings, campaign.changed(), "I3: devices whose outcome changed");
        accounted(findings, codes);
        note(findings, journals.wrongCollapseId(), "I1: devices with a delivery under a wrong collapse id");
        note(findings, journals.deliveredAgainstExpectation(), "dead or bad devices delivered to");
        note(findings, journals.strangers(), "devices delivered to that are not in the audience");
        if (ambiguous() > ambiguousMax) {
            findings.add("I1: " + ambiguous() + " devices in doubt, the bound is " + ambiguousMax);
        }
        return findings.stream().map(finding -> campaign.id() + ": " + finding).toList();
    }

    private void once(List<String> findings) {
        switch (campaign.policy()) {
            case AT_MOST_ONCE -> note(findings, journals.extraDeliveries(), "I1: extra deliveries");
            case AT_LEAST_ONCE ->
                note(
                        findings,
                        journals.extraDeliveries() - journals.extraUnderSameCollapseId(),
                        "I1: extra deliveries that do not replace each other");
        }
    }

    private void accounted(List<String> findings, Set<OutcomeCode> codes) {
        if (ledger.verdict() instanceof Verdict.Differs(var found)) {
            found.forEach(finding -> findings.add("I4: " + finding));
            findings.addAll(ledger.samples());
        }
        if (ledger.devices() != campaign.audience().size()) {
            findings.add("I4: the ledger tells of " + ledger.devices() + " devices, the audience has "
                    + campaign.audience().size());
        }
        ledger.tallies().forEach((code, tally) -> {
            if (!codes.contains(code)) {
                findings.add("I2: " + tally.ledger() + " devices " + code);
            }
        });
    }

    private static void note(List<String> findings, long count, String what) {
        if (count > 0) {
            findings.add(count + " " + what);
        }
    }

    /** Whether it ran under this policy. */
    boolean under(DeliveryPolicy policy) {
        return campaign.policy() == policy;
    }
}
