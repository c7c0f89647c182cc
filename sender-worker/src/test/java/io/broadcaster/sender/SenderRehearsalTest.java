package io.broadcaster.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.task.QueueName;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeLedgerStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.FakeProgressStore;
import io.broadcaster.testkit.FakeProofStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.FakeTestDeviceStore;
import io.broadcaster.testkit.FakeWorkerRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The configured endpoints are ports on which nobody listens: what is accepted was accepted within the process. */
@Timeout(60)
final class SenderRehearsalTest {
    private static final LaunchId REHEARSAL = LaunchId.of(new CampaignId("rehearsal"), 1);

    private final FakeLedgerStore ledger = new FakeLedgerStore();
    private final FakeWorkerRegistry workers = new FakeWorkerRegistry();
    private final Map<QueueName, FakeTaskQueue> queues = new EnumMap<>(QueueName.class);

    @Test
    void over_batchesToRehearse_goThroughTheWholeSender() {
        rehearse("41");

        var rows = new ArrayList<LedgerRow>();
        ledger.scan(REHEARSAL, rows::add);
        assertThat(rows).hasSize(41).allSatisfy(row -> {
            assertThat(row.outcomes()).hasSize(16).containsOnly(OutcomeCode.ACCEPTED.code());
            assertThat(row.key().launch()).isEqualTo(REHEARSAL);
        });
        assertThat(queue(QueueName.BATCHES_IOS).accepted()).isEqualTo(21);
        assertThat(queue(QueueName.BATCHES_ANDROID).accepted()).isEqualTo(20);
        assertThat(queues.values())
                .allSatisfy(queue -> assertThat(queue.bodies()).isEmpty());
        assertThat(workers.all()).isEmpty();
    }

    @Test
    void over_noneToRehearse_touchesNothing() {
        rehearse("0");

        assertThat(ledger.writes()).isZero();
        assertThat(queues.values())
                .allSatisfy(queue -> assertThat(queue.accepted()).isZero());
    }

    @Test
    void over_aStageThatFails_doesNotStopTheWorker() {
        queue(QueueName.BATCHES_ANDROID).failCalls(FakeTaskQueue.Call.SEND, 1);
        rehearse("4");

        assertThat(ledger.writes()).isBetween(0, 2);
        assertThat(workers.all()).isEmpty();
    }

    private FakeTaskQueue queue(QueueName name) {
        return queues.computeIfAbsent(name, _ -> new FakeTaskQueue(InstantSource.system()));
    }

    private void rehearse(String batches) {
        List.of(QueueName.values()).forEach(this::queue);
        var config = SenderConfig.from(Settings.of(Map.of(
                "apns.topic", "org.example.game",
                "apns.team-id", "TEAM",
                "apns.key-id", "KEY",
                "apns.signing-key-file", "none.p8",
                "apns.endpoint", "https://localhost:1",
                "fcm.project", "demo",
                "fcm.service-account-file", "none.json",
                "fcm.endpoint", "https://localhost:1",
                "sender.rehearsal-batches", batches,
                "sender.long-poll", "100ms")));
        var stage = new SenderProcess.Ports(
                new FakeCampaignStore(),
                new FakeObjectStore(),
                ledger,
                new FakeProgressStore(),
                workers,
                new FakeProofStore(),
                new FakeTestDeviceStore(),
                this::queue);
        new SenderRehearsal(config, InstantSource.system(), new Random(1)).over(stage);
    }
}
