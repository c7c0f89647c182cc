package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.audit.AuditCheck;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.testkit.FakeAuditStore;
import io.broadcaster.testkit.Fixtures;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    void delete_leavesTheTrail() {
        api.post("/campaigns", Bodies.campaign("deleted"));

        api.send(api.to("/campaigns/deleted").header("If-Match", "*").DELETE());

        assertThat(api.get("/campaigns/deleted/audit").json().path("entries").findValuesAsText("action"))
                .containsExactly("create", "delete");
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
        api.postAs("grace", "/campaigns/" + id + "/approve");
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
