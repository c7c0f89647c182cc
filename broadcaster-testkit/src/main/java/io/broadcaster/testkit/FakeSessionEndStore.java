package io.broadcaster.testkit;

import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEndStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ended sessions in memory, shared by every process that is given it. Safe for any thread. */
public final class FakeSessionEndStore implements SessionEndStore {
    private final Set<SessionEnd> ends = ConcurrentHashMap.newKeySet();

    @Override
    public void put(SessionEnd end) {
        ends.add(end);
    }

    @Override
    public List<SessionEnd> list() {
        return List.copyOf(ends);
    }
}
