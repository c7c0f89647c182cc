package io.broadcaster.campaign.violation;

import org.assertj.core.api.Assertions;

/** A core class that depends on a library. */
public final class KnowsALibrary {
    /** Calls the library. */
    public void call() {
        Assertions.assertThat(1).isEqualTo(1);
    }
}
