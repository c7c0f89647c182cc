package io.broadcaster.sender.receive;

import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every launch in work, at once and then at each interval, so that an abort reaches all batches within a second;
 * says what was done for a launch when no batch of it was in work for {@link #IDLE}. A virtual thread per launch: a slow
 * answer about one holds up no other. A store that cannot be read leaves the last answer standing and is logged once per
 * outage.
 */
public final class LaunchWatch implements AutoCloseable {
    static final Duration IDLE = Duration.ofSeconds(3);

    /** With the interval and the time of a call, within the second in which an abort must stop the sending. */
    static final Duration KNOWN_FOR = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(LaunchWatch.class);

    private final CampaignStore campaigns;
    private final Duration interval;
    private final WaitingClock clock;
    private final Map<LaunchId, LaunchInWork> launches = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean failing = new AtomicBoolean();

    public LaunchWatch(CampaignStore campaigns, Duration interval, InstantSource clock) {
        this.campaigns = campaigns;
        this.interval = interval;
        this.clock = WaitingClock.of(clock);
    }

    /** A batch of the launch is in work until what is answered is {@linkplain LaunchInWork#leave left}. */
    LaunchInWork enter(LaunchFacts facts) {
        return launches.compute(facts.id(), (_, known) -> {
            LaunchInWork launch = known == null ? new LaunchInWork(facts, clock.instant()) : known;
            launch.enter();
            if (known == null) {
                watch(launch);
            }
            return launch;
        });
    }

    private void watch(LaunchInWork launch) {
        Thread thread = Thread.ofVirtual().name("launch-watch").unstarted(() -> watchUntilIdle(launch));
        threads.add(thread);
        thread.start();
    }

    /** Looks now, on the caller's thread: for batches that come late and may find the launch aborted long ago. */
    void look(LaunchInWork launch) {
        Instant asked = clock.instant();
        try {
            campaigns.find(launch.facts().campaign()).ifPresent(campaign -> {
                if (campaign.state() instanceof CampaignState.Aborted aborted
                        && aborted.launch().id().equals(launch.facts().id())) {
                    launch.abort();
                } else {
                    launch.notAborted(asked);
                }
            });
            if (failing.compareAndSet(true, false)) {
                log.info("launches can be watched again");
            }
        } catch (RuntimeException e) {
            if (failing.compareAndSet(false, true)) {
                log.atWarn().setCause(e).log("launches cannot be watched: an abort would be noticed late");
            }
        }
    }

    /** Looks now unless it is known from less than {@link #KNOWN_FOR} ago that the launch was not aborted. */
    void lookIfUnwatched(LaunchInWork launch) {
        if (!launch.aborted() && !failing.get() && launch.unwatchedFor(KNOWN_FOR, clock.instant())) {
            look(launch);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        launches.values().forEach(LaunchInWork::summarize);
    }

    private void watchUntilIdle(LaunchInWork launch) {
        try {
            do {
                if (!launch.aborted() && !launch.idle()) {
                    look(launch);
                }
            } while (!clock.await(closed, interval) && !forgotten(launch));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private boolean forgotten(LaunchInWork launch) {
        Instant idleBefore = clock.instant().minus(IDLE);
        LaunchInWork left = launches.computeIfPresent(
                launch.facts().id(), (_, known) -> known.idleSince(idleBefore) ? null : known);
        if (left == null) {
            launch.summarize();
        }
        return left == null;
    }
}
