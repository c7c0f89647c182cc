package io.broadcaster.loadtest.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The figures of many campaigns. Safe for any thread. */
public final class Totals {
    private final List<Long> settledMillis = new ArrayList<>();
    private long violated;
    private long devices;
    private long requests;
    private long duplicated;
    private long extra;
    private long ambiguous;
    private long unknown;
    private long hash;

    Totals() {}

    synchronized void add(Judgement judgement) {
        settledMillis.add(judgement.settledAfter().toMillis());
        violated += judgement.holds() ? 0 : 1;
        devices += judgement.devices();
        requests += judgement.requests();
        duplicated += judgement.copies().duplicated();
        extra += judgement.copies().extra();
        ambiguous += judgement.copies().ambiguousAnswers();
        unknown += judgement.unknown();
        hash += judgement.traceHash(); // a sum: the order in which threads end does not matter
    }

    /** Campaigns. */
    public synchronized long campaigns() {
        return settledMillis.size();
    }

    /** Campaigns that broke an invariant. */
    public synchronized long violated() {
        return violated;
    }

    /** Devices of all. */
    public synchronized long devices() {
        return devices;
    }

    /** Requests that the providers saw. */
    public synchronized long requests() {
        return requests;
    }

    /** Devices with more than one copy, every one under the same collapse id. */
    public synchronized long duplicated() {
        return duplicated;
    }

    /** Copies beyond each device's first. */
    public synchronized long extra() {
        return extra;
    }

    /** Answers that did not tell what became of the request. */
    public synchronized long ambiguous() {
        return ambiguous;
    }

    /** Devices that the ledger has as unknown. */
    public synchronized long unknown() {
        return unknown;
    }

    /** All traces as one number: the same seeds give the same. */
    public synchronized long hash() {
        return hash;
    }

    /** So great a share of the campaigns had every outcome recorded within this after the press, in virtual time. */
    public synchronized Duration settled(double share) {
        if (settledMillis.isEmpty()) {
            return Duration.ZERO;
        }
        List<Long> sorted = settledMillis.stream().sorted().toList();
        return Duration.ofMillis(sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size()))));
    }
}
