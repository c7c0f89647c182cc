package io.broadcaster.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.StateName;
import io.broadcaster.testkit.Fixtures;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CampaignStore} does. */
public abstract class CampaignStoreContract {
    private static final int RACERS = 64;
    private static final int ROUNDS = 20;

    /** The store under test; it may hold campaigns of other tests. */
    protected abstract CampaignStore store();

    @Test
    void find_unknownCampaign_isEmpty() {
        assertThat(store().find(Unique.campaign())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StateName.class)
    void find_campaignInEachState_readsWhatWasWritten(StateName state) {
        Campaign stored = created(state);

        assertThat(store().find(stored.id())).contains(stored);
    }

    @Test
    void create_newCampaign_isStoredUnderVersion1() {
        Campaign draft = Campaign.draft(Unique.campaign(), Fixtures.spec(), Fixtures.AUTHOR, Fixtures.NOW);

        assertThat(store().create(draft)).isEqualTo(new Written(draft.atVersion(1)));
    }

    @Test
    void create_takenId_answersWhatStands() {
        Campaign first = created(StateName.DRAFT);
        Campaign second = Fixtures.campaign(first.id(), StateName.FAILED);

        assertThat(store().create(second)).isEqualTo(new Conflict(first));
        assertThat(store().find(first.id())).contains(first);
    }

    @Test
    void replace_versionAsStored_isStoredUnderTheNext() {
        Campaign first = created(StateName.DRAFT);
        Campaign edited = moved(Moves.edit(first, Fixtures.silentSpec(), Fixtures.AUTHOR, Fixtures.NOW));

        assertThat(store().replace(edited)).isEqualTo(new Written(edited.atVersion(2)));
        assertThat(store().find(first.id())).contains(edited.atVersion(2));
    }

    @Test
    void replace_staleVersion_answersWhatStands() {
        Campaign first = created(StateName.ARMED);
        Campaign second = written(store().replace(moved(Moves.disarm(first, Fixtures.NOW))));

        assertThat(store().replace(moved(Moves.go(first, 50, Fixtures.MARKETER, Fixtures.NOW))))
                .isEqualTo(new Conflict(second));
        assertThat(store().find(first.id())).contains(second);
    }

    @Test
    void replace_unknownCampaign_isMissing() {
        assertThat(store().replace(Fixtures.campaign(Unique.campaign(), StateName.DRAFT)
                        .atVersion(1)))
                .isEqualTo(new Missing());
    }

    @Test
    void replace_sixtyFourRacersWithTheSameCampaign_exactlyOneWinsEachRound() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Campaign armed = created(StateName.ARMED);
            Campaign launched = moved(Moves.go(armed, 50, Fixtures.MARKETER, Fixtures.NOW));

            List<WriteResult> answers = Race.of(RACERS, _ -> store().replace(launched));

            assertThat(answers.stream().filter(Written.class::isInstance)).hasSize(1);
            assertThat(answers.stream().filter(Conflict.class::isInstance))
                    .hasSize(RACERS - 1)
                    .allMatch(new Conflict(launched.atVersion(2))::equals);
        }
    }

    @Test
    void delete_versionAsStored_removesAndAnswersWhatStood() {
        Campaign stored = created(StateName.DRAFT);

        assertThat(store().delete(stored)).isEqualTo(new Written(stored));
        assertThat(store().find(stored.id())).isEmpty();
    }

    @Test
    void delete_staleVersion_answersWhatStands() {
        Campaign first = created(StateName.ARMED);
        Campaign second = written(store().replace(moved(Moves.disarm(first, Fixtures.NOW))));

        assertThat(store().delete(first)).isEqualTo(new Conflict(second));
        assertThat(store().find(first.id())).contains(second);
    }

    @Test
    void delete_unknownCampaign_isMissing() {
        assertThat(store().delete(Fixtures.campaign(Unique.campaign(), StateName.DRAFT)
                        .atVersion(1)))
                .isEqualTo(new Missing());
    }

    @Test
    void inStates_someStates_listsExactlyTheCampaignsInThem() {
        Campaign loading = created(StateName.LOADING);
        Campaign failed = created(StateName.FAILED);
        Campaign draft = created(StateName.DRAFT);

        List<Campaign> found = Eventually.get(
                () -> store().inStates(EnumSet.of(StateName.LOADING, StateName.FAILED)),
                list -> list.containsAll(List.of(loading, failed)));

        assertThat(found).contains(loading, failed).doesNotContain(draft).doesNotHaveDuplicates();
    }

    @Test
    void inStates_campaignThatMoved_isListedUnderItsNewStateOnly() {
        Campaign armed = created(StateName.ARMED);
        Campaign loaded = written(store().replace(moved(Moves.disarm(armed, Fixtures.NOW))));

        List<Campaign> found =
                Eventually.get(() -> store().inStates(EnumSet.of(StateName.LOADED)), list -> list.contains(loaded));

        assertThat(found).contains(loaded);
        assertThat(store().inStates(EnumSet.of(StateName.ARMED)))
                .extracting(Campaign::id)
                .doesNotContain(loaded.id());
    }

    @Test
    void inStates_noState_isEmpty() {
        assertThat(store().inStates(Set.of())).isEmpty();
    }

    @Test
    void inStates_moreCampaignsThanOneBatchRead_listsAll() {
        List<CampaignId> ids = Stream.generate(
                        () -> created(StateName.COMPLETED).id())
                .limit(120)
                .toList();

        List<Campaign> found = Eventually.get(
                () -> store().inStates(EnumSet.of(StateName.COMPLETED)), list -> list.size() >= ids.size());

        assertThat(found).extracting(Campaign::id).containsAll(ids);
    }

    private Campaign created(StateName state) {
        return written(store().create(Fixtures.campaign(Unique.campaign(), state)));
    }

    private static Campaign written(WriteResult result) {
        assertThat(result).isInstanceOf(Written.class);
        return ((Written) result).campaign();
    }

    private static Campaign moved(Move move) {
        assertThat(move).isInstanceOf(Move.Moved.class);
        return ((Move.Moved) move).campaign();
    }
}
