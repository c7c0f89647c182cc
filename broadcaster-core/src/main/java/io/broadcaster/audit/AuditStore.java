package io.broadcaster.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The chain at rest, with an index of it by subject. Entries are added at its end, all of an append or none; nothing is ever
 * replaced or removed. Reads are strongly consistent. Safe for any thread; blocks.
 */
public interface AuditStore {
    /** Most entries of one append. */
    int APPEND_MAX = 40;

    /** Most entries of one page. */
    int PAGE_MAX = 100;

    /** The end of the chain. */
    AuditHead head();

    /** Adds 1 to {@value #APPEND_MAX} entries that follow one another; done again, it is done once. */
    Append append(List<AuditEntry> entries);

    /** The row of the index for this act; empty when the act is not written down. */
    Optional<IndexRow> find(AuditSubject subject, String key);

    /** Up to {@code limit} (at most {@value #PAGE_MAX}) entries about the subject after {@code afterKey} ("" for the first), oldest first. */
    List<AuditEntry> list(AuditSubject subject, String afterKey, int limit);

    /** Feeds every entry to {@code each}, in the order in which they are stored. */
    void scan(Consumer<StoredEntry> each);

    /** Feeds every row of the index to {@code each}, in no particular order. */
    void scanIndex(Consumer<IndexRow> each);

    /** What became of an append. */
    sealed interface Append {
        /** Every entry stands. */
        record Done() implements Append {}

        /** None was added: the chain has another end. */
        record Behind() implements Append {}

        /** None was added: acts of these keys are written down already. */
        record AlreadyThere(Set<String> keys) implements Append {
            public AlreadyThere {
                keys = Set.copyOf(keys);
            }
        }
    }

    /** Where an act of a subject stands in the chain. {@code subject} is as {@link AuditSubject#toString}. */
    record IndexRow(String subject, String key, long number) {}

    /** What stands at one place of the chain. */
    sealed interface StoredEntry {
        /** An entry, whatever its hash says. */
        record Legible(AuditEntry entry) implements StoredEntry {}

        /** No entry. */
        record Illegible(String place, String why) implements StoredEntry {}
    }
}
