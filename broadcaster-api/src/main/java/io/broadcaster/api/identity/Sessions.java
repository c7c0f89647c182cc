package io.broadcaster.api.identity;

import io.broadcaster.api.identity.Doors.Session;
import io.broadcaster.api.identity.IdentityConfig.SessionRules;
import io.broadcaster.api.identity.SignIn.Randomness;
import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEnd.Of;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Sessions of browsers, each in a sealed cookie: the server holds nothing but those that were ended, and every process under
 * the same key takes them. One ends when it is idle or old. While a campaign is armed, that of somebody who may press goes on for another
 * {@link #ARMED_EXTENSION_MAX}: nobody is asked to sign in with a finger over the button. Safe for any thread.
 */
final class Sessions {
    static final Duration ARMED_EXTENSION_MAX = Duration.ofHours(24);

    private static final String PURPOSE = "session/2";
    private static final int FIELDS = 5;
    private static final int ID_BYTES = 16;

    private final Seal seal;
    private final SessionRules rules;
    private final BooleanSupplier armed;
    private final EndedSessions ended;
    private final Randomness from;

    /** {@code armed}: whether any campaign is; asked only about sessions that would have ended. */
    Sessions(Seal seal, SessionRules rules, BooleanSupplier armed, EndedSessions ended, Randomness from) {
        this.seal = seal;
        this.rules = rules;
        this.armed = armed;
        this.ended = ended;
        this.from = from;
    }

    private record Kept(String id, String name, Set<Role> roles, Instant signedInAt, Instant until) {
        Caller caller() {
            return new Caller(name, roles, signedInAt, until, id);
        }
    }

    /** The cookie's value for somebody who has just signed in. */
    String open(Caller caller) {
        Instant now = from.clock().instant();
        byte[] id = new byte[ID_BYTES];
        from.random().nextBytes(id);
        return write(new Kept(HexFormat.of().formatHex(id), caller.name(), caller.roles(), now, untilAt(now, now)));
    }

    /** The session in a cookie's value; empty when there is none or it has ended. */
    Optional<Session> read(String value) {
        return kept(value).filter(kept -> !ended.isEnded(kept.caller())).flatMap(this::judge);
    }

    /** Ends the session in a cookie's value, if there is one; StoreException. */
    void end(String value) {
        Instant now = from.clock().instant();
        kept(value).ifPresent(kept -> ended.end(new SessionEnd(Of.SESSION, kept.id(), now, kept.name())));
    }

    private Optional<Kept> kept(String value) {
        return seal.open(PURPOSE, value).flatMap(Sessions::parse);
    }

    private Optional<Session> judge(Kept kept) {
        Instant now = from.clock().instant();
        if (now.isBefore(kept.until())) {
            boolean due = Duration.between(now, kept.until())
                            .compareTo(rules.idleMax().dividedBy(2))
                    < 0;
            Instant until = untilAt(now, kept.signedInAt());
            return Optional.of(due && until.isAfter(kept.until()) ? renewed(kept, until) : session(kept));
        }
        Instant last = kept.signedInAt().plus(rules.lengthMax()).plus(ARMED_EXTENSION_MAX);
        boolean mayPress = Rights.of(Act.PRESS, kept.roles()) != Right.NO;
        if (mayPress
                && now.isBefore(kept.until().plus(ARMED_EXTENSION_MAX))
                && now.isBefore(last)
                && armed.getAsBoolean()) {
            return Optional.of(renewed(kept, earlier(now.plus(rules.idleMax()), last)));
        }
        return Optional.empty();
    }

    private Session renewed(Kept kept, Instant until) {
        var longer = new Kept(kept.id(), kept.name(), kept.roles(), kept.signedInAt(), until);
        return new Session(longer.caller(), Optional.of(write(longer)));
    }

    private static Session session(Kept kept) {
        return new Session(kept.caller(), Optional.empty());
    }

    private Instant untilAt(Instant now, Instant signedInAt) {
        return earlier(now.plus(rules.idleMax()), signedInAt.plus(rules.lengthMax()));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private String write(Kept kept) {
        String roles = kept.roles().stream().map(Role::wireName).sorted().collect(Collectors.joining(","));
        return seal.close(
                PURPOSE,
                String.join(
                        "\n",
                        kept.id(),
                        kept.name(),
                        roles,
                        Long.toString(kept.signedInAt().getEpochSecond()),
                        Long.toString(kept.until().getEpochSecond())));
    }

    private static Optional<Kept> parse(String text) {
        String[] fields = text.split("\n", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        var roles = EnumSet.noneOf(Role.class);
        Arrays.stream(fields[2].split(",", -1))
                .flatMap(name -> Role.of(name).stream())
                .forEach(roles::add);
        return Optional.of(new Kept(
                fields[0],
                fields[1],
                roles,
                Instant.ofEpochSecond(Long.parseLong(fields[3])),
                Instant.ofEpochSecond(Long.parseLong(fields[4]))));
    }
}
