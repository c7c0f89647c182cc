package io.broadcaster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.Fixtures;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final long SEED = 7;
    private static final LaunchId LAUNCH = Fixtures.launch(Fixtures.CAMPAIGN).id();
    private static final SnapshotSummary SNAPSHOT = Fixtures.snapshot(10_250, 1_100);
    private static final List<OutcomeCode> TERMINAL =
            Stream.of(OutcomeCode.values()).filter(OutcomeCode::terminal).toList();

    private final FakeLedgerStore store = new FakeLedgerStore();
    private final Random random = new Random(SEED);

    @Test
    void of_everyDeviceWithAnOutcome_isCompleteAndAddsUpToTheUnit() {
        writeAll(SNAPSHOT);

        Reconciliation found = Reconciliation.of(LAUNCH, SNAPSHOT, store);

        assertThat(found.complete()).isTrue();
        OutcomeCounts counts = found.counts();
        assertThat(counts.of(Outcome.ACCEPTED)
                        + counts.of(Outcome.REJECTED)
                        + counts.of(Outcome.UNREGISTERED)
                        + counts.of(Outcome.EXPIRED)
                        + counts.of(Outcome.SUPPRESSED)
                        + counts.of(Outcome.UNKNOWN))
                .isEqualTo(SNAPSHOT.devices());
        assertThat(counts.of(Outcome.PENDING)).isZero();
        assertThat(found.platforms().get(Platform.IOS).rows()).isEqualTo(21);
    }

    @Test
    void of_oneBatchMissing_isNotComplete() {
        for (int batch = 0; batch < SNAPSHOT.iosBatches(); batch++) {
            write(Platform.IOS, batch, devices(Platform.IOS, batch), OutcomeCode.ACCEPTED);
        }
        for (int batch = 0; batch < SNAPSHOT.androidBatches() - 1; batch++) {
            write(Platform.ANDROID, batch, devices(Platform.ANDROID, batch), OutcomeCode.ACCEPTED);
        }

        Reconciliation found = Reconciliation.of(LAUNCH, SNAPSHOT, store);

        assertThat(found.complete()).isFalse();
        assertThat(found.platforms().get(Platform.IOS).complete()).isTrue();
        assertThat(found.platforms().get(Platform.ANDROID).complete()).isFalse();
    }

    @Test
    void of_oneDevicePending_isNotComplete() {
        writeAll(SNAPSHOT);
        LedgerRow row = store.read(Fixtures.batchKey(Platform.IOS, 3)).orElseThrow();
        byte[] outcomes = row.outcomes().clone();
        outcomes[499] = OutcomeCode.PENDING.code();
        store.write(row(row.key(), outcomes), 1);

        Reconciliation found = Reconciliation.of(LAUNCH, SNAPSHOT, store);

        assertThat(found.complete()).isFalse();
        assertThat(found.counts().of(Outcome.PENDING)).isEqualTo(1);
    }

    @Test
    void of_oneDeviceTooMany_isNotComplete() {
        writeAll(Fixtures.snapshot(10_251, 1_100));

        assertThat(Reconciliation.of(LAUNCH, SNAPSHOT, store).complete()).isFalse();
    }

    @Test
    void of_emptyLedger_isNotCompleteUnlessThereIsNobody() {
        assertThat(Reconciliation.of(LAUNCH, SNAPSHOT, store).complete()).isFalse();
        assertThat(Reconciliation.of(LAUNCH, Fixtures.snapshot(0, 0), store).complete())
                .isTrue();
    }

    @Test
    void outcomeCode_everyCode_isReadBackAndUnknownOnesAreRefused() {
        for (OutcomeCode code : OutcomeCode.values()) {
            assertThat(OutcomeCode.of(code.code())).isEqualTo(code);
        }
        for (byte unknown : new byte[] {6, 15, 23, 127, -1}) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> OutcomeCode.of(unknown)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(unknown));
        }
    }

    private void writeAll(SnapshotSummary snapshot) {
        for (Platform platform : Platform.values()) {
            long left = snapshot.devices(platform);
            for (int batch = 0; left > 0; batch++) {
                int size = (int) Math.min(left, platform.batchMax());
                byte[] outcomes = new byte[size];
                for (int i = 0; i < size; i++) {
                    outcomes[i] = TERMINAL.get(random.nextInt(TERMINAL.size())).code();
                }
                store.write(row(Fixtures.batchKey(platform, batch), outcomes), LedgerStore.ABSENT);
                left -= size;
            }
        }
    }

    private static int devices(Platform platform, int batch) {
        long left = SNAPSHOT.devices(platform) - (long) batch * platform.batchMax();
        return (int) Math.min(left, platform.batchMax());
    }

    private void write(Platform platform, int batch, int devices, OutcomeCode code) {
        byte[] outcomes = new byte[devices];
        Arrays.fill(outcomes, code.code());
        store.write(row(Fixtures.batchKey(platform, batch), outcomes), LedgerStore.ABSENT);
    }

    private static LedgerRow row(BatchKey key, byte[] outcomes) {
        return new LedgerRow(key, 1, "sender-1", Instant.EPOCH, outcomes, Instant.EPOCH, Instant.EPOCH, List.of());
    }
}
