package io.broadcaster.audit;

import io.broadcaster.audit.AuditStore.IndexRow;
import io.broadcaster.audit.AuditStore.StoredEntry;
import java.util.Optional;

/**
 * Reads the whole chain and says where it first is not what was written: an entry edited, missing, out of order, put in by
 * somebody else, or cut off at the end; an index that tells otherwise; a head kept outside that it does not contain. One
 * thread; constant memory; a read of the index per entry.
 */
public final class AuditCheck {
    private final AuditStore store;
    private final Optional<AuditHead> expected;
    private AuditHead last = AuditHead.EMPTY;
    private long rows;
    private boolean expectedSeen;
    private Optional<String> fault = Optional.empty();

    /** @param expected a head that was noted earlier, which the chain must contain */
    public AuditCheck(AuditStore store, Optional<AuditHead> expected) {
        this.store = store;
        this.expected = expected;
        this.expectedSeen = expected.isEmpty() || expected.get().equals(AuditHead.EMPTY);
    }

    /** What the check found. */
    public sealed interface Verdict {
        /** Every entry is what was written; this is the head. */
        record Intact(AuditHead head) implements Verdict {}

        /** The first thing that is wrong. */
        record Broken(String sentence) implements Verdict {}
    }

    /** Checks once; entries that are added meanwhile do no harm. */
    public Verdict run() {
        store.scan(this::look);
        if (fault.isEmpty()) {
            lookAtTheEnd();
        }
        if (fault.isEmpty()) {
            store.scanIndex(this::look);
        }
        if (fault.isEmpty() && rows != last.entries()) {
            fault = Optional.of("the index has " + rows + " rows for " + last.entries() + " entries: one was put in");
        }
        return fault.<Verdict>map(Verdict.Broken::new).orElseGet(() -> new Verdict.Intact(last));
    }

    private void look(StoredEntry stored) {
        if (fault.isPresent()) {
            return;
        }
        switch (stored) {
            case StoredEntry.Illegible(String place, String why) ->
                fault = Optional.of("what stands at place " + place + " is no entry: " + why);
            case StoredEntry.Legible(AuditEntry entry) -> {
                fault = fault(entry);
                last = entry.head();
                expectedSeen |= expected.filter(last::equals).isPresent();
            }
        }
    }

    private Optional<String> fault(AuditEntry entry) {
        long number = last.entries() + 1;
        if (entry.number() != number) {
            return Optional.of("entry " + number + " is missing: entry " + entry.number() + " stands in its place");
        }
        if (!entry.isIntact()) {
            return Optional.of("entry " + number + " is not what was written: its hash is another");
        }
        if (!entry.previous().equals(last.sha256())) {
            return Optional.of("entry " + number + " does not follow entry " + last.entries()
                    + ": it was put in, or its forerunner was changed");
        }
        if (expected.filter(head -> head.entries() == number && !head.equals(entry.head()))
                .isPresent()) {
            return Optional.of("entry " + number + " is another than the head that was noted: the chain was rewritten");
        }
        Optional<IndexRow> row = store.find(entry.act().subject(), entry.act().key());
        if (row.isEmpty()) {
            return Optional.of(
                    "entry " + number + " is not in the index of " + entry.act().subject());
        }
        return row.get().number() == number
                ? Optional.empty()
                : Optional.of("entry " + number + " stands a second time: the index knows it as entry "
                        + row.get().number());
    }

    private void lookAtTheEnd() {
        AuditHead stored = store.head();
        if (stored.entries() < last.entries()) {
            fault = Optional.of(
                    "entry " + (stored.entries() + 1) + " was put behind the head, which is " + stored.entries());
        } else if (stored.entries() == last.entries() && !stored.equals(last)) {
            fault = Optional.of("the head is not the hash of entry " + last.entries());
        } else if (!expectedSeen) {
            fault = Optional.of("entry " + (last.entries() + 1) + " is missing: the head that was noted is "
                    + expected.orElseThrow().entries());
        } else if (stored.entries() > last.entries()) {
            catchUp(stored);
        }
    }

    /** The head may have gone on since the scan, and then what it counts is there by now. */
    private void catchUp(AuditHead stored) {
        var again = new AuditCheck(store, Optional.of(stored));
        store.scan(again::look);
        fault = again.fault;
        if (fault.isEmpty() && !again.expectedSeen) {
            fault = Optional.of(
                    "entry " + (again.last.entries() + 1) + " is missing: the head counts " + stored.entries());
        }
        last = again.last;
    }

    /** Every entry has its row; a row with a number that the chain did not reach has lost its entry. */
    private void look(IndexRow row) {
        if (row.number() <= last.entries()) {
            rows++;
        } else if (fault.isEmpty() && row.number() > store.head().entries()) {
            fault = Optional.of(
                    "entry " + row.number() + " is missing: the index of " + row.subject() + " has " + row.key());
        }
    }
}
