package io.broadcaster.testkit;

import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEndStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ended sessions in memory, shared by every process that is given it. Safe for any thread. */
public final class FakeSessionEndStore implements SessionEndStore {
    private final Map<String, SessionEnd> ends = new ConcurrentHashMap<>();

    @Override
    public void put(SessionEnd end) {
        ends.put(end.of() + " " + end.name(), end);
    }

    @Override
    public List<SessionEnd> list() {
        return List.copyOf(ends.values());
    }
}
