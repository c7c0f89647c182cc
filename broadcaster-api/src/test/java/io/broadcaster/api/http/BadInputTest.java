package io.broadcaster.api.http;

import static io.broadcaster.api.http.Problems.assertField;
import static io.broadcaster.api.http.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.RunningApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad input has its error: a problem that names the field, the rule and the value; and nothing was changed. */
final class BadInputTest {

    private static final RunningApi api = RunningApi.start(Map.of("api.audience-max-bytes", "20000000"));

    @BeforeAll
    static void aDraft() {
        api.post("/campaigns", Bodies.campaign("draft"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void request_withoutPrincipal_is401() {
        Reply reply =
                api.send(HttpRequest.newBuilder(api.uri().resolve("/campaigns")).GET());

        assertProblem(reply, 401, "no-principal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/campaigns/nobody",
                "/campaigns/nobody/status",
                "/campaigns/nobody/events",
                "/campaigns/nobody/export",
                "/campaigns/nobody/proofs"
            })
    void get_ofUnknownCampaign_is404(String path) {
        assertProblem(api.get(path), 404, "unknown-campaign");
    }

    @ParameterizedTest
    @ValueSource(strings = {"go", "load", "approve", "disarm", "abort"})
    void move_ofUnknownCampaign_is404(String move) {
        assertProblem(api.post("/campaigns/nobody/" + move), 404, "unknown-campaign");
    }

    @ParameterizedTest
    @ValueSource(strings = {"go", "load", "approve", "disarm", "abort"})
    void move_inTheWrongState_is409AndNamesMoveStateAndRule(String move) {
        Reply reply = api.post("/campaigns/draft/" + move);

        assertProblem(reply, 409, "refused");
        assertThat(reply.json().path("state").asText()).isEqualTo("DRAFT");
        assertThat(reply.json().path("move").asText()).isNotBlank();
        assertThat(reply.json().path("rule").asText()).isNotBlank();
    }

    @Test
    void path_thatIsNotServed_is404() {
        assertProblem(api.get("/nothing/here"), 404, "not-found");
    }

    @Test
    void method_thatIsNotServed_is405() {
        assertProblem(api.send(api.to("/campaigns").DELETE()), 405, "method-not-allowed");
    }

    @Test
    void campaignId_ofWrongForm_isRefused() {
        assertField(api.get("/campaigns/Not_An_Id"), "campaign id");
    }

    @Test
    void create_underATakenId_is409() {
        assertProblem(api.post("/campaigns", Bodies.campaign("draft")), 409, "id-taken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"locale\":\"de\"|\"locale\":\"xx-YY\"|contents[1].locale",
                "\"locale\":\"de\"|\"locale\":\"\"|contents[1].locale",
                "\"defaultLocale\":\"en\"|\"defaultLocale\":\"klingon\"|defaultLocale",
                "\"defaultLocale\":\"en\"|\"defaultLocale\":\"fr\"|contents",
                "\"android\"],\"title\":\"Anpfiff\"|\"windows\"],\"title\":\"Anpfiff\"|contents[1].platforms[1]",
                "\"kind\":\"alert\"|\"kind\":\"loud\"|kind",
                "\"policy\":\"at-least-once\"|\"policy\":\"maybe\"|policy",
                "\"expiry\":\"PT1H\"|\"expiry\":\"1 hour\"|expiry",
                "\"expiry\":\"PT1H\"|\"expiry\":\"P99D\"|expiry",
                "\"name\":\"Big game advert\"|\"name\":\" \"|name",
                "\"name\":\"Big game advert\"|\"name\":7|name",
                "\"name\":\"Big game advert\"|\"name\":\"\\ud83dgame\"|name",
                "\"name\":\"Big game advert\"|\"name\":\"game\\u001b[2J\"|name",
                "\"name\":\"Big game advert\"|\"nmae\":\"x\"|name",
                "\"kind\":\"alert\"|\"kind\":\"alert\",\"surprise\":1|surprise",
                "\"title\":\"Anpfiff\"|\"title\":\"Anpfiff\",\"sound\":\"x\"|contents[1].sound",
                "{\"link\":\"app://game\"}}]|{\"link\":7}}]|contents[1].data.link",
                "{\"link\":\"app://game\"}}]|{\"aps\":\"x\"}}]|contents[1].data",
                "\"kind\":\"alert\"|\"kind\":\"alert\",\"kind\":\"alert\"|body",
            })
    void create_withOneRuleBroken_namesTheField(String good, String bad, String field) {
        String body = Bodies.campaign("bad").replace("\n", "").replace(good, bad);
        assertThat(body).contains(bad);

        assertField(api.post("/campaigns", body), field);
        assertProblem(api.get("/campaigns/bad"), 404, "unknown-campaign");
    }

    @Test
    void create_withPayloadOver4096Bytes_namesContentPlatformAndBytes() {
        String body = Bodies.campaign("bad").replace("Jetzt die App öffnen", "ö".repeat(2_100));

        Reply reply = api.post("/campaigns", body);

        assertField(reply, "contents[1]");
        assertThat(reply.json().path("detail").asText())
                .contains("ios")
                .contains("4096")
                .containsPattern("\\d+ bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "7", "{} {}", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}"
            })
    void create_withoutOneJsonObjectOfBoundedDepth_isRefused(String body) {
        assertField(api.post("/campaigns", body), "body");
    }

    @Test
    void create_withATextBeyondTheBound_isRefused() {
        assertField(api.post("/campaigns", "{\"name\":\"" + "x".repeat(20_000) + "\"}"), "body");
    }

    @Test
    void create_withABodyOverTheLimit_is413() {
        assertProblem(api.post("/campaigns", " ".repeat(300 << 10)), 413, "too-large");
    }

    @Test
    void create_withAnotherMediaType_is415() {
        Reply reply = api.send(
                api.to("/campaigns").header("Content-Type", "application/xml").POST(BodyPublishers.ofString("<a/>")));

        assertProblem(reply, 415, "unsupported-media-type");
    }

    @Test
    void ifMatch_ofWrongForm_isRefused() {
        Reply reply =
                api.send(api.to("/campaigns/draft").header("If-Match", "seven").DELETE());

        assertField(reply, "If-Match");
    }

    @Test
    void arm_withAnInvertedWindow_isRefused() {
        Reply reply = api.post(
                "/campaigns/draft/arm",
                "{\"notBefore\":\"2026-02-08T19:00:00Z\",\"notAfter\":\"2026-02-08T18:00:00Z\"}");

        assertField(reply, "window.notAfter");
    }

    @Test
    void arm_withAnInstantThatHasNoMilliseconds_isRefused() {
        String first = "\"-1000000000-01-01T00:00:00Z\"";
        String last = "\"+1000000000-12-31T23:59:59Z\"";

        assertField(
                api.post("/campaigns/draft/arm", "{\"notBefore\":" + first + ",\"notAfter\":" + last + "}"),
                "notBefore");
        assertField(
                api.post("/campaigns/draft/arm", "{\"notBefore\":\"2026-02-08T18:00:00Z\",\"notAfter\":" + last + "}"),
                "notAfter");
    }

    @Test
    void arm_withMalformedPressers_isRefused() {
        String window = "\"notBefore\":\"2026-02-08T18:00:00Z\",\"notAfter\":\"2026-02-08T19:00:00Z\"";

        assertField(api.post("/campaigns/draft/arm", "{" + window + ",\"pressers\":\"mary\"}"), "pressers");
        assertField(api.post("/campaigns/draft/arm", "{" + window + ",\"pressers\":[\"m y\"]}"), "pressers[0]");
    }

    @Test
    void audience_empty_isRefused() {
        assertField(upload("text/plain", "identity", new byte[0]), "audience");
    }

    @Test
    void audience_thatIsNotTheGzipItClaims_isRefusedAndNothingIsStored() {
        assertField(upload("text/plain", "gzip", "user-1\n".getBytes(StandardCharsets.UTF_8)), "audience");
        assertField(upload("text/plain", "zstd", "user-1\n".getBytes(StandardCharsets.UTF_8)), "audience");
        assertThat(api.objects.list("audiences/draft/")).isEmpty();
    }

    @Test
    void audience_thatIsGzipWithoutSayingSo_isRefused() throws IOException {
        assertField(upload("text/plain", "identity", gzip("user-1\n")), "audience");
    }

    @Test
    void audience_ofUnknownTypeOrEncoding_is415() {
        assertProblem(upload("image/png", "identity", new byte[] {1}), 415, "unsupported-media-type");
        assertProblem(upload("text/plain", "br", new byte[] {1}), 415, "unsupported-media-type");
    }

    @Test
    void audience_overTheLimit_is413AndNothingIsStored() {
        assertProblem(
                upload("text/plain", "identity", "x".repeat(20_000_001).getBytes(StandardCharsets.UTF_8)),
                413,
                "too-large");
        assertThat(api.objects.list("audiences/draft/")).isEmpty();
    }

    @Test
    void audience_adoptedFromElsewhereOrFromNothing_isRefused() {
        assertField(api.post("/campaigns/draft/audience", "{\"s3Key\":\"campaigns/x/1/manifest.json\"}"), "s3Key");
        assertField(api.post("/campaigns/draft/audience", "{\"s3Key\":\"imports/../secret\"}"), "s3Key");
        assertField(api.post("/campaigns/draft/audience", "{\"s3Key\":\"imports/none.csv\"}"), "s3Key");
    }

    @Test
    void host_thatIsNotLoopback_isNotServed() throws IOException {
        assertThat(statusUnderHost("evil.example")).contains("421");
        assertThat(statusUnderHost("localhost:8080")).contains("303");
        assertThat(statusUnderHost("[::1]:8080")).contains("303");
    }

    @Test
    void host_withMoreThanAPort_isNotServed() throws IOException {
        assertThat(statusUnderHost("localhost:80@evil.example")).contains("421");
        assertThat(statusUnderHost("localhost:{}")).contains("421");
        assertThat(statusUnderHost("localhost:\"><x")).contains("421");
    }

    /** Of a sign-in, which sends the browser on and has the issuer send it back here, by the name that was asked for. */
    private static String statusUnderHost(String host) throws IOException {
        return RawHttp.statusLine(
                api.uri(), "GET /sign-in HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private static Reply upload(String type, String encoding, byte[] body) {
        return api.send(api.to("/campaigns/draft/audience")
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .PUT(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
