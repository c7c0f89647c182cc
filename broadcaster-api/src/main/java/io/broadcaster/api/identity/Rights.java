package io.broadcaster.api.identity;

import static io.broadcaster.api.identity.Role.APPROVER;
import static io.broadcaster.api.identity.Role.AUDITOR;
import static io.broadcaster.api.identity.Role.ENGINEER;
import static io.broadcaster.api.identity.Role.MARKETER;
import static io.broadcaster.api.identity.Role.OPS;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The table of rights, the only one: docs/roles.md is held against it. An engineer acts on silent campaigns, or prepares. */
public final class Rights {
    private Rights() {}

    /** One cell of the table. */
    public static Right of(Act act, Role role) {
        return switch (act) {
            case ENTER, READ, READ_FLEET, READ_LOAD_TESTS -> Right.YES;
            case WRITE_CONTENT, ARM, PRESS -> cell(role, List.of(MARKETER), List.of(ENGINEER));
            // Neither lights a phone up, and both take an armed campaign back to its draft.
            case UPLOAD_AUDIENCE, LOAD -> cell(role, List.of(MARKETER, ENGINEER), List.of());
            case REGISTER_TEST_DEVICE -> cell(role, List.of(MARKETER, APPROVER, ENGINEER), List.of());
            case PROOF -> cell(role, List.of(MARKETER, APPROVER), List.of(ENGINEER));
            case APPROVE -> cell(role, List.of(APPROVER), List.of());
            // Whoever sees that something is wrong may stop it.
            case DISARM, ABORT -> cell(role, List.of(MARKETER, APPROVER, OPS), List.of(ENGINEER));
            case EXPORT -> cell(role, List.of(MARKETER, AUDITOR), List.of(ENGINEER));
            case REDRIVE, END_SESSIONS -> cell(role, List.of(OPS), List.of());
            case READ_AUDIT -> cell(role, List.of(MARKETER, APPROVER, OPS, AUDITOR), List.of(ENGINEER));
        };
    }

    /** What somebody of these roles may do: the farthest right of any of them. */
    public static Right of(Act act, Set<Role> roles) {
        if (act == Act.ENTER) {
            return Right.YES;
        }
        return roles.stream().map(role -> of(act, role)).max(Enum::compareTo).orElse(Right.NO);
    }

    /** Who has this right or a farther one. */
    public static List<Role> holders(Act act, Right atLeast) {
        return Arrays.stream(Role.values())
                .filter(role -> of(act, role).compareTo(atLeast) >= 0)
                .toList();
    }

    private static Right cell(Role role, List<Role> all, List<Role> silent) {
        if (all.contains(role)) {
            return Right.YES;
        }
        return silent.contains(role) ? Right.SILENT : Right.NO;
    }
}
