package io.broadcaster.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ParkedThreadsTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final ParkedThreads parked = new ParkedThreads();

    @Test
    void park_nobodyUnparks_returnsAfterItsTimeAndNotBefore() {
        long began = System.nanoTime();
        parked.park(this, Duration.ofMillis(120));
        assertThat(System.nanoTime() - began)
                .isGreaterThanOrEqualTo(Duration.ofMillis(120).toNanos());
    }

    @Test
    void park_unparked_returnsLongBeforeItsTime() throws InterruptedException {
        Thread thread = Thread.ofVirtual().start(() -> parked.park(this, AN_HOUR));
        LockSupport.unpark(thread);
        thread.join();
    }

    @Test
    void park_interrupted_returnsWithTheFlagStillSet() throws InterruptedException {
        var flag = new boolean[1];
        Thread thread = Thread.ofVirtual().start(() -> {
            parked.park(this, AN_HOUR);
            flag[0] = Thread.currentThread().isInterrupted();
        });
        thread.interrupt();
        thread.join();
        assertThat(flag[0]).isTrue();
    }

    @Test
    void park_againAfterNobodyDid_isLookedAtAgain() {
        parked.park(this, Duration.ofMillis(30));
        LockSupport.parkNanos(ParkedThreads.GRAIN.multipliedBy(3).toNanos()); // the looking has ended or is about to
        parked.park(this, Duration.ofMillis(30));
    }

    @Test
    void park_manyThreadsOverAndOver_allReturn() throws InterruptedException {
        int threads = 200;
        var done = new CountDownLatch(threads);
        var started = new ArrayList<Thread>(threads);
        for (int i = 0; i < threads; i++) {
            Duration time = Duration.ofMillis(1 + i % 40);
            started.add(Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 20; round++) {
                    parked.park(this, time);
                }
                done.countDown();
            }));
        }
        assertThat(done.await(30, TimeUnit.SECONDS))
                .as("%d of %d threads still park", done.getCount(), started.size())
                .isTrue();
    }
}
