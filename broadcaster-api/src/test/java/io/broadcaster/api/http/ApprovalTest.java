package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.RunningApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a second person must say, and who is none, over HTTP. */
final class ApprovalTest {
    private static final RunningApi api = RunningApi.start(Map.of("api.rehearsal-presses", "0"));

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void approve_ofWhatWasSeen_mustBeEveryVariantOfThisRevision_andIsKept() {
        loaded("seen");
        String path = "/campaigns/seen/approve";

        Problems.assertProblem(api.postAs("grace", path), 409, "refused");
        Reply unsaid = api.postAs("grace", path, "{\"revision\":2}");
        Problems.assertProblem(unsaid, 409, "refused");
        assertThat(unsaid.json().path("rule").asText())
                .isEqualTo("not yet seen on a phone: ios/en, android/en, ios/de, android/de;"
                        + " 'seen' must name ios/en, android/en, ios/de, android/de");
        String all = Bodies.seen();
        Problems.assertProblem(approve(path, all.replace(",\"android/de\"", ""), "*"), 409, "refused");
        Problems.assertProblem(approve(path, all.replace("android/de", "android/fr"), "*"), 409, "refused");
        Problems.assertField(approve(path, "{\"seen\":\"ios/en\"}", "*"), "seen");
        Problems.assertField(approve(path, all.replace("2", "\"2\""), "*"), "revision");
        Problems.assertProblem(approve(path, all.replace("2", "1"), "*"), 409, "refused");
        Problems.assertProblem(approve(path, all, "\"1\""), 412, "version-conflict");
        assertThat(api.get("/campaigns/seen/status").json().path("approvals")).isEmpty();
        Reply approved = approve(path, all, api.get("/campaigns/seen").header("etag"));

        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        assertThat(api.get("/campaigns/seen/audit").json().path("entries").findValuesAsText("detail"))
                .contains("LOADED to LOADED, seen on a phone: ios/en, android/en, ios/de, android/de");
    }

    @Test
    void approve_byWhoeverUploadedTheAudience_isRefused() {
        assertThat(api.postAs("paul", "/campaigns", Bodies.campaign("uploaded")).status())
                .isEqualTo(201);
        loaded("uploaded");

        Reply refused = api.post("/campaigns/uploaded/approve", Bodies.seen());

        Problems.assertProblem(refused, 409, "refused");
        assertThat(refused.json().path("rule").asText())
                .isEqualTo("'ada' made or changed part of it and cannot be the second person");
        assertThat(api.get("/campaigns/uploaded/status").json().path("authors"))
                .extracting(JsonNode::asText)
                .containsExactly("paul", "ada");
        assertThat(api.postAs("grace", "/campaigns/uploaded/approve", Bodies.seen())
                        .status())
                .isEqualTo(200);
    }

    private static Reply approve(String path, String body, String version) {
        return api.send(api.client
                .as("grace", path)
                .header("Content-Type", "application/json")
                .header("If-Match", version)
                .POST(BodyPublishers.ofString(body)));
    }

    /** Uploaded and loaded by ada, and written by her unless it is there already. */
    private static void loaded(String id) {
        api.post("/campaigns", Bodies.campaign(id));
        api.send(api.to("/campaigns/" + id + "/audience")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("user-1\n")));
        assertThat(api.post("/campaigns/" + id + "/load").status()).isEqualTo(202);
        api.loaded(id, Snapshots.another());
    }
}
