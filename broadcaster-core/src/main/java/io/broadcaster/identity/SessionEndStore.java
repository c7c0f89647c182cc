package io.broadcaster.identity;

import java.util.List;

/** The sessions that were ended, kept for {@link SessionEnd#KEPT} at least. Safe for any thread; calls block. */
public interface SessionEndStore {
    /** Adds one, in the place of an earlier one of the same session or person. */
    void put(SessionEnd end);

    /** Every one; those that were just put may be missing. */
    List<SessionEnd> list();
}
