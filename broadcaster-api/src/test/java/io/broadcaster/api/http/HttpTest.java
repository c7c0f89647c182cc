package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.task.QueueName;
import io.broadcaster.testkit.FakeTaskQueue;
import io.broadcaster.testkit.Fixtures;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The way of a campaign over HTTP, from its creation to the launch and after. */
final class HttpTest {
    private static final RunningApi api = RunningApi.start();
    private static final String TOKEN = "a1".repeat(32);

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void campaign_createdReadEditedDeleted_bearsItsVersionAsETag() {
        Reply created = api.post("/campaigns", Bodies.campaign("advert-1"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("etag")).isEqualTo("\"1\"");
        assertThat(created.header("location")).isEqualTo("/campaigns/advert-1");
        assertThat(created.json().path("state").asText()).isEqualTo("DRAFT");
        assertThat(created.json().at("/authors/0").asText()).isEqualTo("ada");

        assertThat(api.get("/campaigns/advert-1").json()).isEqualTo(created.json());
        assertThat(api.get("/campaigns?limit=1").json().path("campaigns")).hasSize(1);

        var edit = api.to("/campaigns/advert-1").header("Content-Type", "application/json");
        Reply edited = api.send(edit.copy().header("If-Match", "\"1\"").PUT(BodyPublishers.ofString(Bodies.spec())));
        assertThat(edited.status()).as(edited.body()).isEqualTo(200);
        assertThat(edited.json().path("revision").asInt()).isEqualTo(2);
        Reply stale = api.send(edit.copy().header("If-Match", "\"1\"").PUT(BodyPublishers.ofString(Bodies.spec())));
        Problems.assertProblem(stale, 412, "version-conflict");
        Problems.assertProblem(
                api.send(edit.copy().PUT(BodyPublishers.ofString(Bodies.spec()))), 428, "if-match-required");

        assertThat(api.send(api.to("/campaigns/advert-1")
                                .header("If-Match", "\"2\"")
                                .DELETE())
                        .status())
                .isEqualTo(204);
        Problems.assertProblem(api.get("/campaigns/advert-1"), 404, "unknown-campaign");
    }

    @Test
    void wholeWay_toTheLaunch_isWalkedOverHttp() {
        armed("advert-2");

        Reply first = api.post("/campaigns/advert-2/go");
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("pressedBy").asText()).isEqualTo("ada");
        assertThat(api.postAs("mary", "/campaigns/advert-2/go").body()).isEqualTo(first.body());

        Reply status = api.get("/campaigns/advert-2/status");
        assertThat(status.json().path("state").asText()).isEqualTo("LAUNCHED");
        assertThat(status.json().at("/batchMax/ios").asInt()).isEqualTo(500);
        assertThat(status.json().at("/batchMax/android").asInt()).isEqualTo(250);
        assertThat(status.json().at("/snapshot/slices").asInt())
                .isEqualTo(first.json().path("slices").asInt())
                .isGreaterThanOrEqualTo(50);
        assertThat(status.json().at("/progress/outstanding").asLong()).isEqualTo(100_000);
        assertThat(status.json().at("/senders/ready").asInt()).isEqualTo(1);
        assertThat(status.json().at("/launch/pressedBy").asText()).isEqualTo("ada");

        Reply aborted = api.post("/campaigns/advert-2/abort");
        assertThat(aborted.json().path("state").asText()).isEqualTo("ABORTED");
        assertThat(api.post("/campaigns/advert-2/abort").status()).isEqualTo(200);
        assertThat(api.post("/campaigns/advert-2/go").body()).isEqualTo(first.body());
        assertThat(api.get("/campaigns/advert-2/status").json().at("/ending/by").asText())
                .isEqualTo("ada");
    }

    @Test
    void go_namedPressers_anyOfThemLaunchesAndTheOthersSeeTheLaunch() {
        armed("advert-30", ",\"pressers\":[\"mary\",\"presser-5\"]");
        assertThat(api.get("/campaigns/advert-30/status").json().path("pressers"))
                .extracting(JsonNode::asText)
                .containsExactly("mary", "presser-5");

        Reply refused = api.post("/campaigns/advert-30/go");
        Problems.assertProblem(refused, 403, "not-named");
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("ada may not press GO: the campaign was armed for mary or presser-5 to press");

        Reply launched = api.postAs("presser-5", "/campaigns/advert-30/go");
        assertThat(launched.status()).as(launched.body()).isEqualTo(200);
        assertThat(api.post("/campaigns/advert-30/go").body()).isEqualTo(launched.body());
        Eventually.eventually(() -> assertThat(
                        api.get("/campaigns/advert-30/audit?limit=100").json().findValuesAsText("detail"))
                .contains(
                        "LOADED to ARMED, to be pressed by mary or presser-5",
                        refused.json().path("detail").asText()));
    }

    @Test
    void go_pressed64TimesAtOnce_isOneLaunchWithTheSameBytes() throws Exception {
        armed("advert-3");
        var presses = new ArrayList<Callable<Reply>>();
        for (int i = 0; i < 64; i++) {
            String presser = "presser-" + i;
            presses.add(() -> api.postAs(presser, "/campaigns/advert-3/go"));
        }
        var bodies = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> press : threads.invokeAll(presses)) {
                assertThat(press.resultNow().status()).isEqualTo(200);
                bodies.add(press.resultNow().body());
            }
        }
        assertThat(bodies).hasSize(1);
    }

    @Test
    void go_withoutReadySender_isRefusedWithTheNumber() {
        loaded("advert-4");
        api.postAs("grace", "/campaigns/advert-4/approve", Bodies.seen());
        proofed("advert-4");
        arm("advert-4");

        Reply reply = api.post("/campaigns/advert-4/go");

        Problems.assertProblem(reply, 409, "fleet-not-ready");
        assertThat(reply.json().path("detail").asText()).contains("0 of ");
    }

    @Test
    void load_whoseSendFails_saysSoAndIsRepeated() {
        api.post("/campaigns", Bodies.campaign("advert-5"));
        upload("advert-5");
        queue(QueueName.LOADS).failCalls(FakeTaskQueue.Call.SEND, 1);

        Problems.assertProblem(api.post("/campaigns/advert-5/load"), 503, "unavailable");
        assertThat(api.stored("advert-5").state().name()).isEqualTo(StateName.LOADING);
        assertThat(api.post("/campaigns/advert-5/load").status()).isEqualTo(202);
        assertThat(queue(QueueName.LOADS).bodies()).containsOnlyOnce("load/1 campaign=advert-5 revision=2");
    }

    @Test
    void proof_ofLoadedCampaign_isNotedAndAskedFor() {
        loaded("advert-6");
        testDevice();

        Reply reply = api.post("/campaigns/advert-6/proofs", "{\"testDevice\":\"ada-iphone\"}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().path("outcome").asText()).isEqualTo("pending");
        assertThat(queue(QueueName.PROOFS).bodies())
                .filteredOn(body -> body.contains("campaign=advert-6 "))
                .hasSize(1);
        assertThat(api.get("/campaigns/advert-6/proofs").json().path("proofs")).hasSize(1);
        Problems.assertField(api.post("/campaigns/advert-6/proofs", "{\"testDevice\":\"nobody\"}"), "testDevice");
    }

    @Test
    void arm_withoutProof_isRefusedByName() {
        loaded("advert-7");
        api.postAs("grace", "/campaigns/advert-7/approve", Bodies.seen());

        Reply reply = arm("advert-7");

        Problems.assertProblem(reply, 409, "refused");
        assertThat(reply.json().path("rule").asText()).contains("proofed");
    }

    @Test
    void arm_withAnotherAudienceSize_isRefusedWithTheNumber() {
        loaded("advert-8");
        api.postAs("grace", "/campaigns/advert-8/approve", Bodies.seen());
        proofed("advert-8");

        Reply refused = arm("advert-8", ",\"devices\":99999");
        Problems.assertProblem(refused, 409, "refused");
        assertThat(refused.json().path("rule").asText()).isEqualTo("its snapshot has 100000 devices, not 99999");
        Problems.assertField(arm("advert-8", ",\"devices\":\"100000\""), "devices");
        assertThat(arm("advert-8", ",\"devices\":100000").status()).isEqualTo(200);
    }

    @Test
    void lights_beforeTheLaunch_sayWhatIsMissingAndAreGoneAfter() {
        api.post("/campaigns", Bodies.campaign("advert-9"));
        assertThat(api.get("/campaigns/advert-9/status")
                        .json()
                        .at("/lights/0/why")
                        .asText())
                .isEqualTo("No audience has been uploaded.");
        armed("advert-10");
        assertThat(api.get("/campaigns/advert-10/status").json().path("lights"))
                .hasSize(10)
                .filteredOn(light -> !light.path("green").asBoolean())
                .as("only the queues, which other tests fill, may be red")
                .allMatch(light -> light.path("name").asText().equals("QUEUES"));
        api.post("/campaigns/advert-10/go");
        assertThat(api.get("/campaigns/advert-10/status").json().path("lights")).isEmpty();
        var listed = api.get("/campaigns?limit=1&after=advert-1").json().at("/campaigns/0");
        assertThat(listed.path("id").asText()).isEqualTo("advert-10");
        assertThat(listed.path("devices").asLong()).isEqualTo(100_000);
        assertThat(listed.path("pressedAt").asText()).isNotEmpty();
    }

    @Test
    void testDevice_registered_neverShowsItsToken() {
        Reply put = testDevice();

        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(put.body()
                        + api.get("/test-devices/ada-iphone").body()
                        + api.get("/test-devices").body())
                .contains("ada-iphone")
                .doesNotContain(TOKEN);
    }

    @Test
    void fleet_showsWorkersAndEveryQueue() {
        api.readySender("sender-1", "ab");
        Eventually.eventually(() -> {
            assertThat(api.get("/fleet").json().path("workers").findValuesAsText("worker"))
                    .contains("sender-1");
            assertThat(api.get("/fleet").json().path("queues")).hasSize(QueueName.values().length);
        });
        assertThat(api.get("/fleet").json().path("workers"))
                .filteredOn(worker -> worker.path("worker").asText().equals("sender-1"))
                .singleElement()
                .satisfies(sender -> {
                    assertThat(sender.path("cpuShare").asDouble()).isEqualTo(0.25);
                    assertThat(sender.path("heapMaxBytes").asLong()).isEqualTo(1 << 30);
                    assertThat(sender.path("clockOffsetMillis").asLong()).isEqualTo(-300);
                    assertThat(sender.at("/keys/0/phase").asText()).isEqualTo("in-use");
                    assertThat(sender.at("/keys/1/key").asText()).isEqualTo("key-of-android");
                    assertThat(sender.at("/keys/1/tokenAgeMillis").asLong()).isBetween(600_000L, 700_000L);
                });
    }

    @Test
    void events_whileSending_areAtLeastFourASecond() throws Exception {
        armed("streamed");
        api.post("/campaigns/streamed/go");
        var lines = api.client
                .http
                .send(api.to("/campaigns/streamed/events").GET().build(), BodyHandlers.ofLines())
                .body();
        long start = System.nanoTime();
        try (lines) {
            assertThat(lines.filter(line -> line.startsWith("data: ")).limit(9))
                    .hasSize(9)
                    .allMatch(line -> line.contains("\"state\":\"LAUNCHED\""));
        }
        assertThat(StatusStreams.MOMENT).isLessThanOrEqualTo(Duration.ofMillis(250));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void everyAnswer_bearsSecurityHeadersAndNoServerName() {
        Reply reply = api.get("/fleet");

        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(reply.header("content-security-policy")).contains("default-src 'none'");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("server")).isEmpty();
    }

    private void armed(String id) {
        armed(id, "");
    }

    private void armed(String id, String more) {
        loaded(id, Fixtures.snapshot(60_000, 40_000));
        api.postAs("grace", "/campaigns/" + id + "/approve", Bodies.seen());
        proofed(id);
        assertThat(arm(id, more).status()).isEqualTo(200);
        api.readySender("sender-1", Fixtures.snapshot(60_000, 40_000).manifestSha256());
        Eventually.eventually(() -> assertThat(api.get("/campaigns/" + id + "/status")
                        .json()
                        .at("/senders/ready")
                        .asInt())
                .isEqualTo(1));
    }

    @Test
    void rejects_ofALoad_comeWhole() {
        loaded("rejecting");
        Problems.assertProblem(api.get("/campaigns/rejecting/rejects"), 404, "not-found");
        String rows = "{\"row\":7,\"rule\":\"must be a user id\",\"text\":\"no id\"}\n".repeat(5_000);
        Campaign campaign = api.stored("rejecting");
        api.objects.putIfAbsent(
                SnapshotKeys.rejects(campaign.id(), campaign.revision()), rows.getBytes(StandardCharsets.UTF_8));

        Reply reply = api.get("/campaigns/rejecting/rejects");

        assertThat(reply.body()).isEqualTo(rows);
        assertThat(reply.header("content-disposition")).isEqualTo("attachment; filename=\"rejecting-rejects.jsonl\"");
        Problems.assertProblem(api.get("/campaigns/nowhere/rejects"), 404, "unknown-campaign");
    }

    private void loaded(String id) {
        loaded(id, Snapshots.another());
    }

    private void loaded(String id, SnapshotSummary snapshot) {
        api.post("/campaigns", Bodies.campaign(id));
        upload(id);
        assertThat(api.post("/campaigns/" + id + "/load").status()).isEqualTo(202);
        api.loaded(id, snapshot);
    }

    private void upload(String id) {
        Reply reply = api.send(api.to("/campaigns/" + id + "/audience")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("user-1\nuser-2\n")));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(api.stored(id).audience()).isInstanceOf(AudienceSource.Stored.class);
    }

    private Reply testDevice() {
        return api.put(
                "/test-devices/ada-iphone", "{\"platform\":\"ios\",\"token\":\"" + TOKEN + "\",\"locale\":\"en\"}");
    }

    /** Plays the senders: a proof per platform was accepted. */
    private void proofed(String id) {
        testDevice();
        api.put(
                "/test-devices/ada-pixel",
                "{\"platform\":\"android\",\"token\":\"fcm:" + TOKEN + "\",\"locale\":\"en\"}");
        for (String device : new String[] {"ada-iphone", "ada-pixel"}) {
            assertThat(api.post("/campaigns/" + id + "/proofs", "{\"testDevice\":\"" + device + "\"}")
                            .status())
                    .isEqualTo(202);
        }
        api.proofs.list(api.stored(id).id()).forEach(proof -> api.proofs.put(proof.answered(OutcomeCode.ACCEPTED)));
    }

    private Reply arm(String id) {
        return arm(id, "");
    }

    private Reply arm(String id, String more) {
        Instant now = api.clock.instant();
        return api.post(
                "/campaigns/" + id + "/arm",
                "{\"notBefore\":\"" + now.minus(Duration.ofMinutes(1)) + "\",\"notAfter\":\""
                        + now.plus(Duration.ofMinutes(30)) + "\"" + more + "}");
    }

    private FakeTaskQueue queue(QueueName name) {
        FakeTaskQueue queue = api.queues.get(name);
        if (queue == null) {
            throw new AssertionError("no queue " + name);
        }
        return queue;
    }
}
