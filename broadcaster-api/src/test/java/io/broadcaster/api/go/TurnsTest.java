package io.broadcaster.api.go;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.task.WaitingClock;
import io.broadcaster.testkit.ForwardingClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TurnsTest {
    private static final CampaignId CAMPAIGN = new CampaignId("kick-off");

    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void take_whileAnotherHasItsTurn_waitsForItsEnd() throws Exception {
        var clock = new TellingClock();
        var turns = new Turns(clock);
        var begun = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> turns.take(CAMPAIGN, () -> {
                begun.countDown();
                clock.awaitAsked(2);
                return order.add("first");
            }));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            turns.take(CAMPAIGN, () -> order.add("second"));
            first.get();
        }

        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void take_ofAnInterruptedThread_goesAheadAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        new Turns(WaitingClock.of(InstantSource.system())).take(CAMPAIGN, () -> order.add("done"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(order).containsExactly("done");
    }

    /** Whoever asks for a turn waits for it without a limit, and the test learns how many have asked. */
    private static final class TellingClock extends ForwardingClock {
        private final Semaphore asked = new Semaphore(0);

        TellingClock() {
            super(InstantSource.system());
        }

        void awaitAsked(int times) {
            asked.acquireUninterruptibly(times);
        }

        @Override
        public boolean acquire(Semaphore semaphore, int permits, Duration atMost) throws InterruptedException {
            assertThat(atMost).isEqualTo(Turns.WAIT_MAX);
            asked.release();
            semaphore.acquire(permits);
            return true;
        }
    }
}
