package io.broadcaster.api.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.StoreException;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.TestClock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How watchers share one look at the stores. */
final class StatusFeedTest {
    private static final int WATCHERS = 8;

    private final TestClock clock = TestClock.atFixtures();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void status_askedAgainWithinAMoment_isNotReadAgain() throws InterruptedException {
        var feed = new StatusFeed(_ -> read(), clock);
        feed.status(Fixtures.CAMPAIGN);
        feed.status(Fixtures.CAMPAIGN);
        assertThat(reads).hasValue(1);

        clock.advance(StatusFeed.AGE_MAX);
        feed.status(Fixtures.CAMPAIGN);
        assertThat(reads).hasValue(2);
    }

    /** A store that fails after a long wait fails everybody at once, not one after the other. */
    @Test
    void status_ofAStoreThatFailsLate_failsForAllWhoWaitedAfterOneRead() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var fail = new CountDownLatch(1);
        var feed = new StatusFeed(
                _ -> {
                    asked.countDown();
                    pass(fail);
                    var _ = read();
                    throw new StoreException("out");
                },
                clock);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var watchers = new ArrayList<Future<Optional<Status>>>();
            for (int i = 0; i < WATCHERS; i++) {
                watchers.add(threads.submit(() -> feed.status(Fixtures.CAMPAIGN)));
            }
            pass(asked);
            fail.countDown();
            for (Future<Optional<Status>> watcher : watchers) {
                assertThatThrownBy(watcher::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StoreException.class);
            }
        }
        assertThat(reads).hasValue(1);
    }

    private Optional<Status> read() {
        reads.incrementAndGet();
        return Optional.empty();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
