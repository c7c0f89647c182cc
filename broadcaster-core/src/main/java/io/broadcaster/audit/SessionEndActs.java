package io.broadcaster.audit;

import io.broadcaster.identity.SessionEnd;
import java.util.List;

/**
 * The act that the end of somebody's sessions tells of. It is a pure function of the stored word, so that whoever finds its
 * entry missing, at once or a day later, writes the same one.
 */
public final class SessionEndActs {
    private SessionEndActs() {}

    /** One for all sessions of a person; none where somebody signed out. */
    public static List<AuditAct> of(SessionEnd end) {
        return switch (end.of()) {
            case SESSION -> List.of();
            case PERSON ->
                List.of(new AuditAct(
                        id(end),
                        end.at(),
                        end.by(),
                        AuditAction.END_SESSIONS,
                        AuditSubject.ofPerson(end.name()),
                        0,
                        RecordHash.NONE,
                        RecordHash.NONE,
                        ""));
        };
    }

    private static String id(SessionEnd end) {
        return new CanonicalText()
                .field("session-end/1")
                .field(end.name())
                .field(end.by())
                .field(end.at())
                .sha256();
    }
}
