package io.broadcaster.api.identity;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody whose name was proved, with his roles. The proof is of {@code since} and holds until {@code until}, unless his
 * sessions are ended before; {@code session} is the id of a browser's, and empty for a token.
 */
public record Caller(String name, Set<Role> roles, Instant since, Instant until, String session) {
    /** Whoever asks for what everybody may see. */
    public static final Caller NOBODY = new Caller("", Set.of(), Instant.MAX, Instant.MAX, "");

    public Caller {
        roles = Set.copyOf(roles);
    }
}
