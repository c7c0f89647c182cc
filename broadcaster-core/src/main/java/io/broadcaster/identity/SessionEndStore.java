package io.broadcaster.identity;

import java.util.List;

/** The sessions that were ended, kept for {@link SessionEnd#KEPT} at least. Safe for any thread; calls block. */
public interface SessionEndStore {
    /** Adds one. Earlier ones of the same session or person stand beside it: each is an act of somebody's. */
    void put(SessionEnd end);

    /** Every one; those that were just put may be missing. */
    List<SessionEnd> list();
}
