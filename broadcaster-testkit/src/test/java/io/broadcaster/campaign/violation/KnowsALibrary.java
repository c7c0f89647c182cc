package io.broadcaster.campaign.violation;

import org.assertj.core.api.Assertions;
import org.assertj.core.data.MapEntry;

/** A core class that depends on a library. */
public final class KnowsALibrary {
    /** Calls the library. */
    public MapEntry<String, Integer> call() {
        return Assertions.entry("a", 1);
    }
}
