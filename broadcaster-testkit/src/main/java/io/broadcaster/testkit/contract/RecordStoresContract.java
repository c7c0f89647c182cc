package io.broadcaster.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.TestDevice;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.delivery.WorkerProgress;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.identity.SessionEnd;
import io.broadcaster.identity.SessionEndStore;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of plain records does: what was put last is read back whole, and nothing else. */
public abstract class RecordStoresContract {
    protected abstract ProgressStore progress();

    protected abstract WorkerRegistry workers();

    protected abstract ProofStore proofs();

    protected abstract TestDeviceStore testDevices();

    protected abstract LoadProgressStore loadProgress();

    protected abstract SessionEndStore sessionEnds();

    @Test
    void progress_writtenTwiceByOneWorker_readsTheLast() {
        LaunchId launch = Unique.launch();
        progress().write(workerProgress(launch, "sender-a", 10));
        progress().write(workerProgress(launch, "sender-b", 20));
        progress().write(workerProgress(launch, "sender-a", 30));
        progress().write(workerProgress(Unique.launch(), "sender-a", 40));

        assertThat(progress().read(launch))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(
                        workerProgress(launch, "sender-a", 30), workerProgress(launch, "sender-b", 20));
    }

    @Test
    void progress_unknownLaunch_isEmpty() {
        assertThat(progress().read(Unique.launch())).isEmpty();
    }

    @Test
    void workers_heartbeatTwice_showsTheLast() {
        String worker = Unique.name("sender");
        workers().heartbeat(status(worker, Phase.LOADING));
        workers().heartbeat(status(worker, Phase.READY));

        assertThat(workers().all()).contains(status(worker, Phase.READY)).doesNotContain(status(worker, Phase.LOADING));
    }

    @Test
    void workers_left_isGone() {
        String worker = Unique.name("sender");
        workers().heartbeat(status(worker, Phase.READY));

        workers().leave(worker);

        assertThat(workers().all()).extracting(WorkerStatus::worker).doesNotContain(worker);
    }

    @Test
    void proofs_putTwice_readTheLastUnderTheirCampaignOnly() {
        CampaignId campaign = Unique.campaign();
        Proof asked = proof(campaign, "proof-1");
        Proof other = proof(Unique.campaign(), "proof-1");
        proofs().put(asked);
        proofs().put(other);
        proofs().put(asked.answered(OutcomeCode.ACCEPTED));

        assertThat(proofs().find(campaign, "proof-1")).contains(asked.answered(OutcomeCode.ACCEPTED));
        assertThat(proofs().list(campaign)).containsExactly(asked.answered(OutcomeCode.ACCEPTED));
        assertThat(proofs().find(campaign, "proof-2")).isEmpty();
    }

    @Test
    void testDevices_putTwice_readTheLast() {
        String name = Unique.name("phone");
        var old = new TestDevice(name, "ada", Platform.ANDROID, Fixtures.token(Platform.ANDROID, 1), Fixtures.GERMAN);
        var now = new TestDevice(name, "ada", Platform.IOS, Fixtures.token(Platform.IOS, 1), Fixtures.ENGLISH);
        testDevices().put(old);
        testDevices().put(now);

        assertThat(testDevices().find(name)).contains(now);
        assertThat(testDevices().list()).contains(now).doesNotContain(old);
        assertThat(testDevices().find(Unique.name("phone"))).isEmpty();
    }

    @Test
    void loadProgress_putTwice_readsTheLastOfItsRevision() {
        CampaignId campaign = Unique.campaign();
        loadProgress().put(load(campaign, 1, LoadProgress.Phase.RESOLVING));
        loadProgress().put(load(campaign, 1, LoadProgress.Phase.SEALED));

        assertThat(loadProgress().find(campaign, 1)).contains(load(campaign, 1, LoadProgress.Phase.SEALED));
        assertThat(loadProgress().find(campaign, 2)).isEmpty();
    }

    @Test
    void sessionEnds_ofOnePersonTwice_listsEach() {
        String name = Unique.name("ada@x|1");
        var early = new SessionEnd(SessionEnd.Of.PERSON, name, Fixtures.NOW, "olga");
        var late = new SessionEnd(SessionEnd.Of.PERSON, name, Fixtures.NOW.plusMillis(1_001), "oscar");
        var one = new SessionEnd(SessionEnd.Of.SESSION, name, Fixtures.NOW, name);
        sessionEnds().put(early);
        sessionEnds().put(one);
        sessionEnds().put(late);
        sessionEnds().put(late);

        assertThat(sessionEnds().list()).contains(early, one).containsOnlyOnce(late);
    }

    private static WorkerProgress workerProgress(LaunchId launch, String worker, int accepted) {
        var ios = new OutcomeCounts();
        ios.add(OutcomeCode.ACCEPTED, accepted);
        ios.add(OutcomeCode.THROTTLED, 2);
        return new WorkerProgress(
                launch,
                worker,
                Map.of(Platform.IOS, ios, Platform.ANDROID, new OutcomeCounts()),
                Map.of(Stage.ANSWER, new byte[] {1, 2, (byte) accepted}, Stage.FIRST_REQUEST, new byte[] {}),
                Fixtures.NOW.plusMillis(accepted));
    }

    private static WorkerStatus status(String worker, Phase phase) {
        return new WorkerStatus(
                worker,
                WorkerRole.SENDER,
                "0.1.0",
                Fixtures.NOW,
                Fixtures.NOW.plusMillis(2_345),
                List.of(new SnapshotReadiness("big-game", 2, "5f".repeat(32), phase, "")),
                40,
                1_234,
                new WorkerVitals(
                        0.125,
                        1L << 33,
                        1L << 34,
                        Optional.of(Duration.ofMillis(-42)),
                        List.of(
                                new ProviderKey(
                                        Platform.IOS,
                                        "KEY1234567",
                                        ProviderKey.Phase.REFUSED,
                                        "APNs refuses our credentials",
                                        Optional.of(Fixtures.NOW)),
                                new ProviderKey(
                                        Platform.ANDROID, "k1", ProviderKey.Phase.IN_USE, "", Optional.empty()))));
    }

    private static Proof proof(CampaignId campaign, String id) {
        return new Proof(
                id,
                campaign,
                3,
                "ab".repeat(32),
                "adas-phone",
                Platform.ANDROID,
                Fixtures.GERMAN,
                Fixtures.MARKETER,
                Fixtures.NOW,
                OutcomeCode.PENDING);
    }

    private static LoadProgress load(CampaignId campaign, int revision, LoadProgress.Phase phase) {
        return new LoadProgress(
                campaign,
                revision,
                phase,
                5_000,
                12_000,
                new LoadCounts(110, 100, 10, 3, 130, 4),
                List.of(new LoadProgress.RejectedRow(17, "must have no blanks", "a \"b\"")),
                Fixtures.NOW.plusMillis(7));
    }
}
