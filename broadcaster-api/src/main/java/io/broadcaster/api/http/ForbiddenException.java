package io.broadcaster.api.http;

import io.broadcaster.api.identity.Act;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.api.identity.Right;
import io.broadcaster.api.identity.Rights;
import io.broadcaster.api.identity.Role;
import java.util.stream.Collectors;

/** The caller's roles do not reach so far. The message names the roles that do. */
final class ForbiddenException extends RuntimeException {
    private final Act act;
    private final transient Caller caller;
    private final Right needed;

    ForbiddenException(Act act, Caller caller, Right needed) {
        super("may not " + act.words());
        this.act = act;
        this.caller = caller;
        this.needed = needed;
    }

    Act act() {
        return act;
    }

    /** The roles that would do, such as {@code marketer, approver}. */
    String holders() {
        return Rights.holders(act, needed).stream().map(Role::wireName).collect(Collectors.joining(", "));
    }

    String sentence() {
        String roles = caller.roles().stream().map(Role::wireName).sorted().collect(Collectors.joining(", "));
        return caller.name() + " (" + (roles.isEmpty() ? "without a role" : roles) + ") may not " + act.words()
                + (Rights.of(act, caller.roles()) == Right.SILENT ? " of a campaign that is not silent" : "")
                + "; it takes one of: " + holders();
    }
}
