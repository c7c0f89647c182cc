package io.broadcaster.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerRow.DeadToken;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.LedgerStore.Write;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.testkit.Fixtures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link LedgerStore} does. */
public abstract class LedgerStoreContract {
    private static final int RACERS = 32;

    /** The store under test; it may hold rows of other tests. */
    protected abstract LedgerStore store();

    @Test
    void read_batchWithoutRow_isEmpty() {
        assertThat(store().read(key(Unique.launch(), 0))).isEmpty();
    }

    @Test
    void write_firstRow_readsBackWhole() {
        LedgerRow row = row(key(Unique.launch(), 7), 1, "sender-a");

        assertThat(store().write(row, LedgerStore.ABSENT)).isEqualTo(Write.WRITTEN);

        assertThat(store().read(row.key()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(row);
    }

    @Test
    void write_rowWithoutDeadTokens_readsBackWhole() {
        var row = new LedgerRow(
                key(Unique.launch(), 1),
                3,
                "",
                Instant.EPOCH,
                new byte[] {OutcomeCode.PENDING.code()},
                Instant.EPOCH,
                Instant.EPOCH,
                List.of());

        store().write(row, LedgerStore.ABSENT);

        assertThat(store().read(row.key()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(row);
    }

    @Test
    void write_sameWriteAgainAfterALostAnswer_isWritten() {
        LedgerRow row = row(key(Unique.launch(), 0), 1, "sender-a");
        store().write(row, LedgerStore.ABSENT);

        assertThat(store().write(row, LedgerStore.ABSENT)).isEqualTo(Write.WRITTEN);
    }

    @Test
    void write_otherOutcomesOfTheOwnerUnderTheEpochThatStands_isSupersededAndChangesNothing() {
        LedgerRow standing = row(key(Unique.launch(), 0), 1, "sender-a");
        store().write(standing, LedgerStore.ABSENT);
        LedgerRow other = row(standing.key(), 1, "sender-a");
        other.outcomes()[7] = OutcomeCode.UNKNOWN.code();

        assertThat(store().write(other, LedgerStore.ABSENT)).isEqualTo(Write.SUPERSEDED);
        assertThat(store().read(standing.key()).orElseThrow().outcomes()).isEqualTo(standing.outcomes());
    }

    @Test
    void write_anotherOwnerWhereARowStands_isSupersededAndChangesNothing() {
        LedgerRow first = row(key(Unique.launch(), 0), 1, "sender-a");
        store().write(first, LedgerStore.ABSENT);

        assertThat(store().write(row(first.key(), 1, "sender-b"), LedgerStore.ABSENT))
                .isEqualTo(Write.SUPERSEDED);
        assertThat(store().read(first.key()).orElseThrow().owner()).isEqualTo("sender-a");
    }

    @Test
    void write_nextEpochOverTheExpected_isWritten() {
        LedgerRow first = row(key(Unique.launch(), 0), 1, "sender-a");
        store().write(first, LedgerStore.ABSENT);

        assertThat(store().write(row(first.key(), 2, "sender-b"), 1)).isEqualTo(Write.WRITTEN);
        assertThat(store().write(first, 1)).isEqualTo(Write.SUPERSEDED);
        assertThat(store().read(first.key()).orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void write_sameEpochOverItself_replacesTheRow() {
        LedgerRow claimed = row(key(Unique.launch(), 0), 4, "sender-a");
        store().write(claimed, LedgerStore.ABSENT);

        assertThat(store().write(Ledger.givenBack(claimed), 4)).isEqualTo(Write.WRITTEN);
        assertThat(store().read(claimed.key()).orElseThrow().owner()).isEmpty();
    }

    @Test
    void write_expectedEpochWhereNoRowStands_isSuperseded() {
        LedgerRow row = row(key(Unique.launch(), 0), 2, "sender-a");

        assertThat(store().write(row, 1)).isEqualTo(Write.SUPERSEDED);
        assertThat(store().read(row.key())).isEmpty();
    }

    @Test
    void write_racersForOneBatch_exactlyOneWins() throws Exception {
        BatchKey key = key(Unique.launch(), 3);

        List<Write> answers =
                Race.of(RACERS, racer -> store().write(row(key, 1, "sender-" + racer), LedgerStore.ABSENT));

        assertThat(answers).filteredOn(Write.WRITTEN::equals).hasSize(1);
    }

    @Test
    void scan_launchWithManyRows_feedsEachOfItsRowsOnce() {
        LaunchId launch = Unique.launch();
        var written = new HashSet<BatchKey>();
        for (Platform platform : Platform.values()) {
            for (int batch = 0; batch < 40; batch++) {
                LedgerRow row = row(new BatchKey(launch, platform, batch), 1, "sender-a");
                store().write(row, LedgerStore.ABSENT);
                written.add(row.key());
            }
        }
        store().write(row(key(Unique.launch(), 0), 1, "sender-a"), LedgerStore.ABSENT);

        var fed = new ArrayList<BatchKey>();
        store().scan(launch, row -> fed.add(row.key()));

        assertThat(fed).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void scan_unknownLaunch_feedsNothing() {
        var fed = new ArrayList<LedgerRow>();

        store().scan(Unique.launch(), fed::add);

        assertThat(fed).isEmpty();
    }

    private static BatchKey key(LaunchId launch, int batch) {
        return new BatchKey(launch, Platform.IOS, batch);
    }

    private static LedgerRow row(BatchKey key, int epoch, String owner) {
        byte[] outcomes = new byte[Platform.IOS.batchMax()];
        Arrays.fill(outcomes, OutcomeCode.ACCEPTED.code());
        outcomes[3] = OutcomeCode.UNREGISTERED.code();
        outcomes[499] = OutcomeCode.UNREGISTERED.code();
        return new LedgerRow(
                key,
                epoch,
                owner,
                Fixtures.NOW.plusSeconds(30),
                outcomes,
                Fixtures.NOW.plusMillis(12),
                Fixtures.NOW.plusMillis(345),
                List.of(
                        new DeadToken(3, Fixtures.NOW.minusSeconds(86_400)),
                        new DeadToken(499, Fixtures.NOW.minusMillis(1))));
    }
}
