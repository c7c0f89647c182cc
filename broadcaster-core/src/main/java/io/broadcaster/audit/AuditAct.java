package io.broadcaster.audit;

import io.broadcaster.task.QueueName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * One act, not yet in the chain. {@code id} makes it one: the same act written down twice bears the same id and stands once.
 * {@code revision} is 0 where there is none; {@code before} and {@code after} are {@link RecordHash}es, empty where there was
 * or is nothing. Texts are cut at {@value #TEXT_MAX} characters. Never put a token into {@code detail}.
 */
public record AuditAct(
        String id,
        Instant at,
        String who,
        AuditAction action,
        AuditSubject subject,
        int revision,
        String before,
        String after,
        String detail) {
    /** Longest name or detail, in characters. */
    public static final int TEXT_MAX = 300;

    public AuditAct {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        who = cut(who);
        detail = cut(detail);
    }

    /** Dead letters of a queue put back; {@code detail} says how many. */
    public static AuditAct redrive(String id, Instant at, String who, QueueName queue, String detail) {
        return new AuditAct(
                id, at, who, AuditAction.REDRIVE, AuditSubject.of(queue), 0, RecordHash.NONE, RecordHash.NONE, detail);
    }

    /** What the act is found by under its subject; in the order of time. */
    public String key() {
        return String.format(Locale.ROOT, "%013d-%s-%s", at.toEpochMilli(), action.wireName(), id);
    }

    /** The same act at another time. */
    public AuditAct at(Instant time) {
        return new AuditAct(id, time, who, action, subject, revision, before, after, detail);
    }

    /** The word that this act was not done after all. */
    public AuditAct notDone(String why) {
        return new AuditAct(
                id,
                at,
                who,
                AuditAction.NOT_DONE,
                subject,
                revision,
                before,
                before,
                action.wireName() + " was not done: " + why);
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
