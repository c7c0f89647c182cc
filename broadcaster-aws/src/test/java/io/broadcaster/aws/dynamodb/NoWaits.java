package io.broadcaster.aws.dynamodb;

import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.ForwardingClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sleeps not at all, and knows how long it should have. */
final class NoWaits extends ForwardingClock {
    final List<Duration> slept = new CopyOnWriteArrayList<>();

    NoWaits() {
        super(InstantSource.fixed(Fixtures.NOW));
    }

    @Override
    public void sleep(Duration pause) {
        slept.add(pause);
    }
}
