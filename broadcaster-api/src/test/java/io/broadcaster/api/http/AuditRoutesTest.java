package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.audit.AuditCheck;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Redrive;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Depth;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.testkit.FakeAuditStore;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.Fixtures;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every act over HTTP leaves its entry, and none is done without one, but for the press and the abort. */
final class AuditRoutesTest {
    private static final int OUTAGE = 1_000_000;

    private static final RunningApi api = RunningApi.start();

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyAct_fromTheFirstDraftToTheExport_isInTheTrailInOrder() {
        armed("whole-way");
        api.post("/campaigns/whole-way/disarm");
        assertThat(api.postAs("mary", "/campaigns/whole-way/go").status()).isEqualTo(409);
        arm("whole-way");
        assertThat(api.postAs("mary", "/campaigns/whole-way/go").status()).isEqualTo(200);
        assertThat(api.postAs("paul", "/campaigns/whole-way/go").status()).isEqualTo(200);
        assertThat(api.post("/campaigns/whole-way/abort").status()).isEqualTo(200);
        assertThatThrownBy(() -> api.get("/campaigns/whole-way/export?format=jsonl"))
                .as("an export breaks off without a snapshot, and was written down before")
                .isInstanceOf(UncheckedIOException.class);

        Eventually.eventually(() -> assertThat(api.get("/campaigns/whole-way/audit?limit=100")
                        .json()
                        .path("entries")
                        .findValuesAsText("action"))
                .containsExactlyInAnyOrder(
                        "create",
                        "upload",
                        "load",
                        "approve",
                        "proof",
                        "proof",
                        "arm",
                        "disarm",
                        "press-refused",
                        "arm",
                        "press",
                        "press-again",
                        "abort",
                        "export"));
        var entries = api.get("/campaigns/whole-way/audit?limit=100").json().path("entries");
        assertThat(entries.findValuesAsText("at")).isSorted();
        assertThat(entries)
                .filteredOn(entry -> entry.path("action").asText().equals("press"))
                .singleElement()
                .satisfies(press -> {
                    assertThat(press.path("who").asText()).isEqualTo("mary");
                    assertThat(press.path("revision").asInt()).isEqualTo(2);
                    assertThat(press.path("before").asText())
                            .hasSize(64)
                            .isNotEqualTo(press.path("after").asText());
                });
        assertThat(new AuditCheck(api.audit, Optional.empty()).run())
                .isEqualTo(new AuditCheck.Verdict.Intact(api.audit.head()));
    }

    @Test
    void list_ofMoreThanAPage_goesOnWhereThePageBeforeEnded() {
        armed("paged");

        var first = api.get("/campaigns/paged/audit?limit=2").json();
        var second = api.get("/campaigns/paged/audit?limit=100&after="
                        + first.path("next").asText())
                .json();

        assertThat(first.path("entries").findValuesAsText("action")).containsExactly("create", "upload");
        assertThat(second.path("entries").findValuesAsText("action"))
                .startsWith("load")
                .hasSize(5);
        assertThat(second.has("next")).isFalse();
        assertThat(second.path("head").asText()).isEqualTo(api.audit.head().toString());
        Problems.assertField(api.get("/campaigns/paged/audit?limit=101"), "limit");
        Problems.assertField(api.get("/campaigns/paged/audit?after=x"), "after");
    }

    @Test
    void redrive_ofDeadLetters_movesThemOnlyOnceItIsWrittenDown() {
        QueueName queue = QueueName.BATCHES_ANDROID;
        giveUp(queue, "no batch", 3);
        api.audit.failCalls(FakeAuditStore.Call.APPEND, OUTAGE);
        try {
            Problems.assertProblem(redrive("batches-android", "{}"), 503, "unavailable");
        } finally {
            api.audit.heal(FakeAuditStore.Call.APPEND);
        }
        assertThat(depth(queue).deadLetters()).isEqualTo(3);

        Reply reply = redrive("batches-android", "{\"perSecond\":100}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("letters").asLong()).isEqualTo(3);
        assertThat(depth(queue).deadLetters()).isZero();
        assertThat(api.audit.list(AuditSubject.of(queue), "", 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.act().who()).isEqualTo("olga");
                    assertThat(entry.act().detail()).isEqualTo("3 dead letters, 100 per second");
                });
        assertThat(redrive("batches-android", "{}").json().path("letters").asLong())
                .isZero();
        assertThat(api.audit.list(AuditSubject.of(queue), "", 10)).hasSize(1);
    }

    @Test
    void redrive_ofABatchThatWasPressedJustNow_isTooEarlyAndSaysFromWhenOn() {
        Instant pressed = api.clock.instant().truncatedTo(ChronoUnit.MILLIS);
        giveUp(QueueName.BATCHES_IOS, TaskCodec.write(batch(pressed)), 1);

        Reply reply = redrive("batches-ios", "{}");

        Problems.assertProblem(reply, 409, "too-early");
        assertThat(reply.json().path("safeAt").asText())
                .isEqualTo(pressed.plus(Redrive.SAFE_AFTER).toString());
        assertThat(depth(QueueName.BATCHES_IOS).deadLetters()).isEqualTo(1);
        assertThat(api.audit.list(AuditSubject.of(QueueName.BATCHES_IOS), "", 10))
                .isEmpty();
    }

    @Test
    void redrive_ofAnUnknownQueueOrRate_saysWhat() {
        Problems.assertProblem(redrive("batches", "{}"), 404, "not-found");
        Problems.assertField(redrive("slices", "{\"perSecond\":501}"), "perSecond");
    }

    private static Reply redrive(String queue, String body) {
        return api.send(api.client
                .as("olga", "/queues/" + queue + "/redrive")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static Depth depth(QueueName queue) {
        return api.queues.get(queue).depth();
    }

    private static void giveUp(QueueName name, String body, int letters) {
        FakeTaskQueue queue = api.queues.get(name);
        for (int i = 0; i < letters; i++) {
            assertThat(queue.send(List.of(new Outgoing("letter-" + i, body)))).isEmpty();
        }
        Eventually.eventually(() -> {
            List<Received> received =
                    queue.receive(TaskQueue.CALL_MAX, Duration.ZERO, Duration.ofSeconds(30), UUID.randomUUID());
            if (!received.isEmpty()) {
                assertThat(queue.extend(received.stream().map(Received::receipt).toList(), Duration.ZERO))
                        .isEmpty();
            }
            assertThat(depth(name).deadLetters()).isEqualTo(letters);
        });
    }

    private static BatchTask batch(Instant pressed) {
        var launch = new LaunchFacts(
                LaunchId.of(Fixtures.CAMPAIGN, 1),
                Fixtures.CAMPAIGN,
                1,
                0,
                DeliveryPolicy.AT_LEAST_ONCE,
                pressed,
                pressed.plus(Duration.ofHours(1)));
        return new BatchTask(launch, Platform.IOS, 7, false);
    }

    @Test
    void delete_leavesTheTrail() {
        api.post("/campaigns", Bodies.campaign("deleted"));

        api.send(api.to("/campaigns/deleted").header("If-Match", "*").DELETE());

        assertThat(api.get("/campaigns/deleted/audit").json().path("entries").findValuesAsText("action"))
                .containsExactly("create", "delete");
    }

    @Test
    void create_underTheIdOfADeletedCampaign_goesOnWithItsRevisions() {
        api.post("/campaigns", Bodies.campaign("namesake"));
        loading("namesake");
        Campaign removed = api.loaded("namesake", Fixtures.snapshot(60_000, 40_000));
        assertThat(api.send(api.to("/campaigns/namesake")
                                .header("If-Match", "*")
                                .DELETE())
                        .status())
                .isEqualTo(204);
        List<String> asked = loads("namesake");

        assertThat(api.post("/campaigns", Bodies.campaign("namesake")).status()).isEqualTo(201);
        loading("namesake");

        Campaign second = api.stored("namesake");
        assertThat(second.revision()).isGreaterThan(removed.revision());
        assertThat(second.launchId())
                .as("by it senders know the snapshot that they hold")
                .isNotEqualTo(removed.launchId());
        assertThat(loads("namesake"))
                .as("the queue does not take this load for the first one, asked again")
                .hasSize(asked.size() + 1);
    }

    private static void loading(String id) {
        api.send(api.to("/campaigns/" + id + "/audience")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("user-1\n")));
        assertThat(api.post("/campaigns/" + id + "/load").status()).isEqualTo(202);
    }

    /** The loads that were asked for and that no loader has taken. */
    private static List<String> loads(String id) {
        return api.queues.get(QueueName.LOADS).bodies().stream()
                .filter(body -> body.contains("campaign=" + id + " "))
                .toList();
    }

    @Test
    void acts_withoutTheAuditLog_areRefusedAndChangeNothing() {
        armed("refused");
        api.audit.failCalls(FakeAuditStore.Call.APPEND, OUTAGE);

        List<Reply> refused = List.of(
                api.post("/campaigns", Bodies.campaign("another")),
                api.post("/campaigns/refused/disarm"),
                api.post("/campaigns/refused/proofs", "{\"testDevice\":\"ada-iphone\"}"),
                api.put("/test-devices/new", "{\"platform\":\"ios\",\"token\":\"a1\",\"locale\":\"en\"}"));

        api.audit.heal(FakeAuditStore.Call.APPEND);
        assertThat(refused).allSatisfy(reply -> {
            Problems.assertProblem(reply, 503, "unavailable");
            assertThat(reply.json().path("detail").asText()).contains("audit log");
        });
        assertThat(api.campaigns.find(new CampaignId("another"))).isEmpty();
        assertThat(api.stored("refused").state().name()).isEqualTo(StateName.ARMED);
        assertThat(api.proofs.list(new CampaignId("refused"))).hasSize(2);
        assertThat(api.testDevices.find("new")).isEmpty();
    }

    @Test
    void pressAndAbort_withoutTheAuditLog_goOnAndAreWrittenOnceItIsBack() {
        armed("outage");
        long entries = api.audit.head().entries();
        api.audit.failCalls(FakeAuditStore.Call.APPEND, OUTAGE);

        assertThat(api.post("/campaigns/outage/go").status()).isEqualTo(200);
        assertThat(api.post("/campaigns/outage/abort").status()).isEqualTo(200);
        assertThat(api.audit.head().entries()).isEqualTo(entries);

        api.audit.heal(FakeAuditStore.Call.APPEND);
        Eventually.eventually(() -> assertThat(actions("outage")).contains("press", "abort"));
        assertThat(actions("outage")).containsOnlyOnce("press", "abort");
    }

    @Test
    void edit_thatLosesToAnother_isWrittenAsNotDone() {
        api.post("/campaigns", Bodies.campaign("overtaken"));
        var stored = api.stored("overtaken");
        api.campaigns.beforeNextWrite(() -> api.write(stored));

        Reply reply = api.send(api.to("/campaigns/overtaken")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .PUT(BodyPublishers.ofString(Bodies.spec())));

        Problems.assertProblem(reply, 412, "version-conflict");
        assertThat(actions("overtaken")).containsExactly("create", "edit", "not-done");
    }

    private List<String> actions(String id) {
        return api.get("/campaigns/" + id + "/audit?limit=100")
                .json()
                .path("entries")
                .findValuesAsText("action");
    }

    private void armed(String id) {
        api.post("/campaigns", Bodies.campaign(id));
        api.send(api.to("/campaigns/" + id + "/audience")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("user-1\n")));
        api.post("/campaigns/" + id + "/load");
        api.loaded(id, Fixtures.snapshot(60_000, 40_000));
        api.postAs("grace", "/campaigns/" + id + "/approve", Bodies.seen());
        device("ada-iphone", "ios");
        device("ada-pixel", "android");
        api.post("/campaigns/" + id + "/proofs", "{\"testDevice\":\"ada-iphone\"}");
        api.post("/campaigns/" + id + "/proofs", "{\"testDevice\":\"ada-pixel\"}");
        api.proofs.list(new CampaignId(id)).forEach(proof -> api.proofs.put(proof.answered(OutcomeCode.ACCEPTED)));
        arm(id);
        api.readySender("sender-1", Fixtures.snapshot(60_000, 40_000).manifestSha256());
        Eventually.eventually(() -> assertThat(api.get("/campaigns/" + id + "/status")
                        .json()
                        .at("/senders/ready")
                        .asInt())
                .isEqualTo(1));
    }

    private void device(String name, String platform) {
        String token = platform.equals("ios") ? "a1".repeat(32) : "fcm:" + "a1".repeat(32);
        api.put(
                "/test-devices/" + name,
                "{\"platform\":\"" + platform + "\",\"token\":\"" + token + "\",\"locale\":\"en\"}");
    }

    private void arm(String id) {
        Instant now = api.clock.instant();
        Reply reply = api.post(
                "/campaigns/" + id + "/arm",
                "{\"notBefore\":\"" + now.minus(Duration.ofMinutes(1)) + "\",\"notAfter\":\""
                        + now.plus(Duration.ofMinutes(30)) + "\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }
}
