package io.broadcaster.api.identity;

import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEnd.Of;
import io.broadcaster.identity.SessionEndStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sessions were ended before their time: here at once, in every other process at its next {@link #refresh}. While the
 * store is out, what was read last counts: nobody is kept from the button for it. Safe for any thread.
 */
final class EndedSessions {
    private final SessionEndStore store;
    private final InstantSource clock;
    private final Map<Whose, Instant> ends = new ConcurrentHashMap<>();

    EndedSessions(SessionEndStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Whose(Of of, String name) {}

    /** Ends a session, or all of a person's that began until then; a StoreException leaves them ended in this process only. */
    void end(SessionEnd end) {
        keep(end);
        store.put(end);
    }

    /** Takes over what other processes ended, and forgets what no session can be older than. */
    void refresh() {
        store.list().forEach(this::keep);
        Instant oldest = clock.instant().minus(SessionEnd.KEPT);
        ends.values().removeIf(at -> at.isBefore(oldest));
    }

    /** Whether the session or the token that proved the caller's name was ended since. */
    boolean isEnded(Caller caller) {
        return isEnded(Of.PERSON, caller.name(), caller.since())
                || isEnded(Of.SESSION, caller.session(), caller.since());
    }

    private boolean isEnded(Of of, String name, Instant began) {
        Instant at = ends.get(new Whose(of, name));
        return at != null && !began.isAfter(at);
    }

    private void keep(SessionEnd end) {
        ends.merge(new Whose(end.of(), end.name()), end.at(), (a, b) -> a.isAfter(b) ? a : b);
    }
}
