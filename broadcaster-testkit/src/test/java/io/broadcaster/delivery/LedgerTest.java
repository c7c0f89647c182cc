package io.broadcaster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.Ledger.Claim;
import io.broadcaster.delivery.LedgerStore.Write;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final BatchKey KEY = Fixtures.batchKey(Platform.IOS, 7);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final TestClock clock = TestClock.atFixtures();
    private final FakeLedgerStore store = new FakeLedgerStore();
    private final Ledger ours = new Ledger(store, "sender-1", LEASE);
    private final Ledger theirs = new Ledger(store, "sender-2", LEASE);

    @Test
    void claim_nobodyHadIt_isGrantedFirst() {
        var granted = granted(ours, now());

        assertThat(granted.first()).isTrue();
        assertThat(granted.row().epoch()).isEqualTo(1);
        assertThat(granted.row().owner()).isEqualTo("sender-1");
        assertThat(granted.row().leaseUntil()).isEqualTo(now().plus(LEASE));
        assertThat(granted.row().count(OutcomeCode.PENDING)).isEqualTo(5);
        assertThat(store.read(KEY)).isPresent();
    }

    @Test
    void claim_anotherLeaseRuns_isHeld() {
        granted(ours, now());

        assertThat(theirs.claim(KEY, 5, now().plus(LEASE).minusMillis(1), () -> false))
                .isInstanceOf(Claim.Held.class);
    }

    @Test
    void claim_anotherLeaseHasRunOut_isGrantedUnderTheNextEpochAndNotFirst() {
        granted(ours, now());

        var taken = granted(theirs, now().plus(LEASE));

        assertThat(taken.first()).isFalse();
        assertThat(taken.row().epoch()).isEqualTo(2);
        assertThat(taken.row().owner()).isEqualTo("sender-2");
    }

    @Test
    void claim_ownLeaseRuns_isGrantedAgainAndNotFirst() {
        granted(ours, now());

        var again = granted(ours, now().plusSeconds(1));

        assertThat(again.first()).isFalse();
        assertThat(again.row().epoch()).isEqualTo(2);
    }

    @Test
    void claim_givenBack_isGrantedFirst() {
        LedgerRow row = granted(ours, now()).row();
        assertThat(ours.recordClaimed(Ledger.givenBack(row))).isEqualTo(Write.WRITTEN);

        assertThat(granted(theirs, now()).first()).isTrue();
    }

    @Test
    void claim_everyDeviceHasItsOutcome_isSettled() {
        LedgerRow row = granted(ours, now()).row();
        assertThat(ours.recordClaimed(answered(row))).isEqualTo(Write.WRITTEN);

        assertThat(theirs.claim(KEY, 5, now().plus(LEASE), () -> false)).isInstanceOf(Claim.Settled.class);
    }

    @Test
    void recordClaimed_takenBySomebodyElseSince_isSuperseded() {
        LedgerRow stale = granted(ours, now()).row();
        LedgerRow taken = granted(theirs, now().plus(LEASE)).row();
        assertThat(theirs.recordClaimed(answered(taken))).isEqualTo(Write.WRITTEN);

        assertThat(ours.recordClaimed(answered(stale))).isEqualTo(Write.SUPERSEDED);

        assertThat(store.read(KEY).orElseThrow().owner()).isEqualTo("sender-2");
    }

    @Test
    void recordFirst_noRow_isWrittenAndOnlyOnceByAnother() {
        LedgerRow mine = answered(ours.unclaimed(KEY, 5, now()));
        LedgerRow other = answered(theirs.unclaimed(KEY, 5, now()));

        assertThat(ours.recordFirst(mine)).isEqualTo(Write.WRITTEN);
        assertThat(theirs.recordFirst(other)).isEqualTo(Write.SUPERSEDED);
        assertThat(ours.recordFirst(mine)).as("a repeat after a lost answer").isEqualTo(Write.WRITTEN);
    }

    @Test
    void claim_sixteenAtOnce_oneIsGranted() throws InterruptedException, ExecutionException {
        var racers = new ArrayList<Callable<Claim>>();
        for (int n = 0; n < 16; n++) {
            var ledger = new Ledger(store, "racer-" + n, LEASE);
            racers.add(() -> ledger.claim(KEY, 5, now(), () -> false));
        }
        var claims = new ArrayList<Claim>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Claim> each : threads.invokeAll(racers)) {
                claims.add(each.get());
            }
        }

        assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.Held.class::isInstance).hasSize(15);
    }

    @Test
    void deviceOrdinal_everyPlatformBatchAndPosition_isDistinctAndBelowTwoToTheFifty() {
        var ordinals = new ArrayList<Long>();
        for (Platform platform : Platform.values()) {
            for (int batch : List.of(0, 1, 2, 200_000, Integer.MAX_VALUE)) {
                for (int position : List.of(0, 1, 249, 499, 1023)) {
                    ordinals.add(Fixtures.batchKey(platform, batch).deviceOrdinal(position));
                }
            }
        }

        assertThat(ordinals).doesNotHaveDuplicates().allMatch(ordinal -> ordinal >= 0 && ordinal < 1L << 50);
    }

    private Instant now() {
        return clock.instant();
    }

    private static Claim.Granted granted(Ledger ledger, Instant now) {
        Claim claim = ledger.claim(KEY, 5, now, () -> false);
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return (Claim.Granted) claim;
    }

    private static LedgerRow answered(LedgerRow row) {
        byte[] outcomes = row.outcomes().clone();
        Arrays.fill(outcomes, OutcomeCode.ACCEPTED.code());
        return new LedgerRow(
                row.key(),
                row.epoch(),
                row.owner(),
                row.leaseUntil(),
                outcomes,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of());
    }
}
