package io.broadcaster.api.identity;

import java.time.Instant;
import java.util.Set;

/** Somebody whose name was proved, with his roles; the proof holds until {@code until}. */
public record Caller(String name, Set<Role> roles, Instant until) {
    /** Whoever asks for what everybody may see. */
    public static final Caller NOBODY = new Caller("", Set.of(), Instant.MAX);

    public Caller {
        roles = Set.copyOf(roles);
    }
}
