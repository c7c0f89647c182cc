package io.broadcaster.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * A link of the chain. {@code number} counts from 1; {@code previous} is the hash of the entry before it. {@code sha256} is over
 * form 1: the fields below, each as its length in bytes of UTF-8, a colon, the text, a comma, so that no two entries read alike.
 */
public record AuditEntry(long number, String previous, AuditAct act, String sha256) {
    /** The version of the canonical form; part of what is hashed. */
    public static final int FORM = 1;

    /** The entry that follows {@code head}. */
    public static AuditEntry after(AuditHead head, AuditAct act) {
        long number = head.entries() + 1;
        return new AuditEntry(number, head.sha256(), act, hash(number, head.sha256(), act));
    }

    /** The entries that follow {@code head}, one after the other. */
    public static List<AuditEntry> after(AuditHead head, List<AuditAct> acts) {
        var entries = new ArrayList<AuditEntry>(acts.size());
        AuditHead last = head;
        for (AuditAct act : acts) {
            AuditEntry entry = after(last, act);
            entries.add(entry);
            last = entry.head();
        }
        return List.copyOf(entries);
    }

    /** The chain's head once this is its last entry. */
    public AuditHead head() {
        return new AuditHead(number, sha256);
    }

    /** The chain's head before this entry. */
    public AuditHead before() {
        return new AuditHead(number - 1, previous);
    }

    /** Whether the hash is that of the content. */
    boolean isIntact() {
        return sha256.equals(hash(number, previous, act));
    }

    private static String hash(long number, String previous, AuditAct act) {
        return new CanonicalText()
                .field("broadcaster-audit/" + FORM)
                .field(number)
                .field(previous)
                .field(act.id())
                .field(act.at().toEpochMilli())
                .field(act.who())
                .field(act.action().wireName())
                .field(act.subject().kind().wireName())
                .field(act.subject().name())
                .field(act.revision())
                .field(act.before())
                .field(act.after())
                .field(act.detail())
                .sha256();
    }
}
