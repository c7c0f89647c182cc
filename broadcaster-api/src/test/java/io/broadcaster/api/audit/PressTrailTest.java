package io.broadcaster.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditHead;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.audit.LaunchActs;
import io.broadcaster.audit.SessionEndActs;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.StateName;
import io.broadcaster.identity.SessionEnd;
import io.broadcaster.task.WaitingClock;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.FakeAuditStore;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeSessionEndStore;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a press leaves in the audit log, whatever happens to log and process. */
final class PressTrailTest {
    private final TestClock clock = TestClock.atFixtures();
    private final FakeAuditStore store = new FakeAuditStore();
    private final FakeCampaignStore campaigns = new FakeCampaignStore();
    private final FakeSessionEndStore sessionEnds = new FakeSessionEndStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger ids = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final AuditTrail trail = trail(store);

    @AfterEach
    void close() {
        held.countDown();
    }

    @Test
    void launched_withAStoreThatNeverAnswers_returnsAtOnceAndIsWrittenWhenItDoes() {
        AuditTrail slow = trail(new HeldStore(store, held));
        slow.start();
        Campaign launched = stored(StateName.LAUNCHED);

        new PressTrail(slow).launched(launched);

        assertThat(store.entries()).isEmpty();
        held.countDown();
        Await.until("the entry stands", () -> !store.entries().isEmpty());
        slow.close();
        assertThat(store.entries()).extracting(AuditEntry::act).isEqualTo(LaunchActs.of(launched));
    }

    @Test
    void launched_morePressesThanMayWait_dropsAndCountsTheRest() {
        for (int i = 0; i < AuditTrail.WAITING_MAX + 7; i++) {
            trail.writeLater(List::of);
        }

        assertThat(registry.counter("broadcaster.api.audit.dropped").count()).isEqualTo(7);
    }

    @Test
    void launched_withLostAnswers_isWrittenOnce() {
        store.loseAnswers(FakeAuditStore.Call.APPEND, 3);
        trail.start();

        new PressTrail(trail).launched(stored(StateName.LAUNCHED));

        Await.until("the entry stands", () -> !store.entries().isEmpty());
        trail.close();
        assertThat(store.entries()).hasSize(1);
    }

    @Test
    void writeLater_ofActsThatCannotBeMade_isCountedAndTheNextAreWritten() {
        trail.writeLater(() -> {
            throw new IllegalStateException("a fault of ours");
        });
        new PressTrail(trail).launched(stored(StateName.LAUNCHED));
        trail.start();

        trail.close();

        assertThat(registry.counter("broadcaster.api.audit.failed").count()).isEqualTo(1);
        assertThat(store.entries()).hasSize(1);
    }

    @Test
    void close_writesWhatWaits() {
        new PressTrail(trail).launched(stored(StateName.LAUNCHED));
        trail.start();

        trail.close();

        assertThat(store.entries()).hasSize(1);
    }

    @Test
    void catchUp_afterTheProcessDiedBeforeItsEntry_writesTheSameEntryOnce() {
        Campaign launched = stored(StateName.LAUNCHED);
        clock.advance(AuditCatchUp.GRACE.plusMillis(1));
        Campaign dispatched = moved(Moves.dispatched(launched, clock.instant()));

        catchUp().launches();
        catchUp().launches();

        assertThat(store.entries()).extracting(AuditEntry::act).isEqualTo(LaunchActs.of(launched));
        assertThat(LaunchActs.of(dispatched)).as("whoever writes it, and when").isEqualTo(LaunchActs.of(launched));
    }

    @Test
    void catchUp_withinTheGrace_leavesItToTheProcessThatWasPressed() {
        stored(StateName.LAUNCHED);

        catchUp().launches();

        assertThat(store.entries()).isEmpty();
    }

    @Test
    void catchUp_byManyProcessesBesideTheOneThatWasPressed_isOneEntry() throws Exception {
        Campaign launched = stored(StateName.LAUNCHED);
        clock.advance(Duration.ofSeconds(5));
        trail.start();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                threads.execute(() -> catchUp().launches());
            }
            new PressTrail(trail).launched(launched);
        }
        trail.close();

        assertThat(store.entries()).hasSize(1);
    }

    @Test
    void catchUp_ofALaunchThatEndedUnwritten_writesPressAndAbort() {
        Campaign aborted = stored(StateName.ABORTED);
        clock.advance(Duration.ofDays(1));

        catchUp().launches();

        assertThat(store.entries()).extracting(AuditEntry::act).isEqualTo(LaunchActs.of(aborted));
        assertThat(store.entries())
                .extracting(entry -> entry.act().action())
                .containsExactly(AuditAction.PRESS, AuditAction.ABORT);
    }

    @Test
    void catchUp_withTheLogDown_failsItsRoundAndDoesItInTheNext() {
        stored(StateName.COMPLETED);
        clock.advance(Duration.ofDays(1));
        store.failCalls(FakeAuditStore.Call.APPEND, 1);
        AuditCatchUp catchUp = catchUp();

        assertThatThrownBy(catchUp::launches).isInstanceOf(AuditUnavailableException.class);
        catchUp.launches();

        assertThat(store.entries()).hasSize(1);
    }

    @Test
    void catchUp_ofEndedSessions_writesEachActOfOpsOnceAndNoSignOut() {
        var first = new SessionEnd(SessionEnd.Of.PERSON, "paul", clock.instant(), "olga");
        clock.advance(Duration.ofSeconds(1));
        var second = new SessionEnd(SessionEnd.Of.PERSON, "paul", clock.instant(), "oscar");
        var signOut = new SessionEnd(SessionEnd.Of.SESSION, "5f", clock.instant(), "mary");
        List.of(first, second, signOut).forEach(sessionEnds::put);

        clock.advance(AuditCatchUp.GRACE);
        catchUp().sessionEnds();
        assertThat(store.entries()).as("the second is within its grace").hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        catchUp().sessionEnds();
        catchUp().sessionEnds();

        assertThat(store.entries())
                .extracting(AuditEntry::act)
                .containsExactly(
                        SessionEndActs.of(first).getFirst(),
                        SessionEndActs.of(second).getFirst());
        assertThat(store.entries()).extracting(entry -> entry.act().who()).containsExactly("olga", "oscar");
    }

    private AuditCatchUp catchUp() {
        return new AuditCatchUp(campaigns, sessionEnds, store, trail(store), clock);
    }

    private AuditTrail trail(AuditStore over) {
        var acts = new Acts(() -> "id-" + ids.incrementAndGet(), clock);
        return AuditTrail.over(over, acts, new SplittableRandom(1), WaitingClock.of(clock), new ApiMeters(registry));
    }

    private Campaign stored(StateName state) {
        return ((Written) campaigns.create(Fixtures.campaign(state))).campaign();
    }

    private static Campaign moved(Move move) {
        return ((Move.Moved) move).campaign();
    }

    /** A store that holds every append until it is let go. */
    private record HeldStore(FakeAuditStore store, CountDownLatch held) implements AuditStore {
        @Override
        public AuditHead head() {
            return store.head();
        }

        @Override
        public Append append(List<AuditEntry> entries) {
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return store.append(entries);
        }

        @Override
        public Optional<IndexRow> find(AuditSubject subject, String key) {
            return store.find(subject, key);
        }

        @Override
        public List<AuditEntry> list(AuditSubject subject, String afterKey, int limit) {
            return store.list(subject, afterKey, limit);
        }

        @Override
        public void scan(Consumer<StoredEntry> each) {
            store.scan(each);
        }

        @Override
        public void scanIndex(Consumer<IndexRow> each) {
            store.scanIndex(each);
        }
    }
}
