package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.api.TestIssuer;
import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.testkit.FakeAuditStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser's way in, played by hand: the sign-in, the cookie, what comes by cookie, and the end. */
final class SessionTest {
    private static final String KEY = "k".repeat(40);
    private static final RunningApi api = RunningApi.start(Map.of("api.session-key", KEY));

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void signIn_ofAlice_opensAStrictSessionAndEndsWhereSheWantedTo() {
        Begun begun = begin(api, "/campaigns/x/control?a=1");
        assertThat(query(begun.location()))
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(begun.cookie()).contains("SameSite=Lax", "HTTPOnly", "Secure", "Path=/");

        Reply landed = landed(api, begun, choose(begun, "alice"));

        assertThat(landed.status()).as(landed.body()).isEqualTo(200);
        assertThat(landed.body()).contains("content=\"0;url=/campaigns/x/control?a=1\"");
        String cookie = setCookies(landed).getFirst();
        assertThat(cookie)
                .startsWith("__Host-session-broadcaster=")
                .contains("SameSite=Strict", "HTTPOnly", "Secure", "Path=/")
                .doesNotContain("Domain");
        Reply session = get(api, "/session", value(cookie));
        assertThat(session.json().path("name").asText()).isEqualTo("alice");
        assertThat(session.json().at("/acts/press/right").asText()).isEqualTo("yes");
        assertThat(session.json().at("/acts/approve/right").asText()).isEqualTo("no");
        assertThat(session.json().at("/acts/approve/roles/0").asText()).isEqualTo("approver");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/a\"onload=b"
            })
    void signIn_toSomewhereElse_endsAtTheFirstPage(String to) {
        Begun begun = begin(api, to);
        Reply landed = landed(api, begun, choose(begun, "alice"));

        assertThat(landed.body()).contains("content=\"0;url=/\"").doesNotContain("evil", "onload", "alert");
    }

    @Test
    void signIn_withAnotherState_cookieOrCode_isRefused() {
        Begun begun = begin(api, "/");
        URI back = choose(begun, "alice");
        Begun other = begin(api, "/");

        Problems.assertProblem(landed(api, other, back), 401, "invalid-token");
        Problems.assertProblem(api.send(HttpRequest.newBuilder(back).GET()), 401, "invalid-token");
        URI forged = URI.create(back.toString().replaceFirst("code=[^&]+", "code=forged"));
        Problems.assertProblem(landed(api, begun, forged), 401, "invalid-token");
        assertThat(landed(api, begun, back).status()).isEqualTo(200);
        Problems.assertProblem(landed(api, begun, back), 401, "invalid-token");
    }

    @Test
    void change_byCookie_needsOurOriginAndOurHeader() {
        String cookie = signedIn(api, "mary");
        String own = api.uri().toString();

        for (String origin : List.of("", "null", "https://evil.example", "http://127.0.0.1:1", own + ".evil.example")) {
            Problems.assertProblem(create(cookie, origin, "console"), 403, "cross-site");
        }
        Problems.assertProblem(create(cookie, own, ""), 403, "cross-site");
        assertThat(api.get("/campaigns/by-cookie").status()).isEqualTo(404);
        Reply created = create(cookie, own, "console");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().at("/authors/0").asText()).isEqualTo("mary");
    }

    @Test
    void cookie_changedOrOfAnotherPurpose_isNobodys() {
        String cookie = signedIn(api, "mary");
        String value = cookie.substring(cookie.indexOf('=') + 1);
        for (int at : new int[] {0, value.length() / 2, value.length() - 2}) {
            char other = value.charAt(at) == 'A' ? 'B' : 'A';
            String tampered = value.substring(0, at) + other + value.substring(at + 1);
            Problems.assertProblem(get(api, "/session", "__Host-session-broadcaster=" + tampered), 401, "no-principal");
        }
        String signInCookie = value(begin(api, "/").cookie());
        String asSession = "__Host-session-broadcaster=" + signInCookie.substring(signInCookie.indexOf('=') + 1);
        Problems.assertProblem(get(api, "/session", asSession), 401, "no-principal");
        Problems.assertProblem(get(api, "/session", "__Host-session-broadcaster="), 401, "no-principal");
    }

    @Test
    void cookie_underTheOldKey_stillHolds_andUnderAForeignKeyDoesNot() {
        String cookie = signedIn(api, "mary");
        try (RunningApi rotated =
                        RunningApi.start(Map.of("api.session-key", "n".repeat(40), "api.session-key-old", KEY));
                RunningApi foreign = RunningApi.start(Map.of("api.session-key", "f".repeat(40)))) {
            assertThat(get(rotated, "/session", cookie).json().path("name").asText())
                    .isEqualTo("mary");
            Problems.assertProblem(get(foreign, "/session", cookie), 401, "no-principal");
        }
    }

    @Test
    void signOut_dropsTheCookie_andNoCopyOfItHolds() {
        String cookie = signedIn(api, "mary");
        String other = signedIn(api, "mary");
        Reply out = signOut(api, cookie);

        assertThat(out.status()).isEqualTo(204);
        assertThat(setCookies(out).getFirst())
                .startsWith("__Host-session-broadcaster=;")
                .contains("Max-Age=0");
        Problems.assertProblem(get(api, "/session", cookie), 401, "no-principal");
        assertThat(get(api, "/session", other).status()).isEqualTo(200);
    }

    @Test
    void sessions_endedByOpsWhileTheLogIsOut_holdNoMoreInAnyProcess_andAreWrittenDownAfter() {
        String paul = signedIn(api, "paul");
        String mary = signedIn(api, "mary");
        assertThat(api.send(api.client.as("paul", "/session").GET()).status()).isEqualTo(200);

        api.audit.failCalls(FakeAuditStore.Call.APPEND, Integer.MAX_VALUE);
        Reply ended = api.send(api.client.as("olga", "/sessions/paul").DELETE());

        assertThat(ended.status()).as(ended.body()).isEqualTo(204);
        Problems.assertProblem(get(api, "/session", paul), 401, "no-principal");
        Problems.assertProblem(api.send(api.client.as("paul", "/session").GET()), 401, "invalid-token");
        assertThat(get(api, "/session", mary).status()).isEqualTo(200);
        try (RunningApi another = api.another(Map.of("api.session-key", KEY, "api.rehearsal-presses", "0"))) {
            Eventually.eventually(() -> Problems.assertProblem(get(another, "/session", paul), 401, "no-principal"));
            assertThat(get(another, "/session", mary).status()).isEqualTo(200);
        }
        assertThat(trailOfPaul()).as("while the log is out").isEmpty();
        api.audit.heal(FakeAuditStore.Call.APPEND);
        Eventually.eventually(() -> assertThat(trailOfPaul())
                .singleElement()
                .satisfies(entry -> assertThat(entry.act().who()).isEqualTo("olga")));
        Problems.assertField(
                api.send(api.client.as("olga", "/sessions/no%20name").DELETE()), "name");
    }

    @Test
    void streamsOfStatus_endWithTheirSessionOrToken() throws Exception {
        api.post("/campaigns", Bodies.campaign("watched"));
        String events = "/campaigns/watched/events";
        String mary = signedIn(api, "mary");
        List<InputStream> streams = List.of(
                watch(withCookie(api, events, mary)),
                watch(withCookie(api, events, signedIn(api, "presser-1"))),
                watch(api.client.as("presser-1", events)));

        signOut(api, mary);
        assertThat(api.send(api.client.as("olga", "/sessions/presser-1").DELETE())
                        .status())
                .isEqualTo(204);

        for (InputStream stream : streams) {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> stream.transferTo(OutputStream.nullOutputStream()));
        }
    }

    private static List<AuditEntry> trailOfPaul() {
        return api.audit.list(AuditSubject.ofPerson("paul"), "", 10);
    }

    private static InputStream watch(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = api.client.http.send(request.GET().build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** A browser keeps cookies by host name and cookie name, whatever the port. */
    @Test
    void signIn_toTwoAppsOfOneHostName_staysSignedInToBoth_untilOneIsLeft() {
        var jar = new Jar();
        var settings = Map.of("api.session-key", KEY, "cloud.prefix", "news", "api.rehearsal-presses", "0");
        try (RunningApi news = RunningApi.start(settings)) {
            Begun ours = jar.keep(begin(api, "/"));
            Begun theirs = jar.keep(begin(news, "/"));
            jar.keep(landed(news, jar.all(), choose(theirs, "mary")));
            jar.keep(landed(api, jar.all(), choose(ours, "alice")));

            assertThat(whoIsIn(api, jar)).isEqualTo("alice");
            assertThat(whoIsIn(news, jar)).isEqualTo("mary");

            jar.keep(signOut(news, jar.all()));
            assertThat(whoIsIn(api, jar)).isEqualTo("alice");
            Problems.assertProblem(get(news, "/session", jar.all()), 401, "no-principal");
        }
    }

    @Test
    void resource_askedByAProgram_namesTheIssuer() {
        Reply resource = api.send(HttpRequest.newBuilder(api.uri().resolve("/.well-known/oauth-protected-resource"))
                .GET());

        assertThat(resource.json().at("/authorization_servers/0").asText())
                .isEqualTo(TestIssuer.issuer().uri().toString());
    }

    /** What a browser keeps for one host name. */
    private static final class Jar {
        private final Map<String, String> values = new TreeMap<>();

        Begun keep(Begun begun) {
            keep(begun.cookie());
            return begun;
        }

        void keep(Reply reply) {
            setCookies(reply).forEach(this::keep);
        }

        private void keep(String setCookie) {
            String pair = value(setCookie);
            String name = pair.substring(0, pair.indexOf('='));
            if (setCookie.contains("Max-Age=0")) {
                values.remove(name);
            } else {
                values.put(name, pair);
            }
        }

        String all() {
            return String.join("; ", values.values());
        }
    }

    private record Begun(URI location, String cookie) {}

    private static Begun begin(RunningApi at, String to) {
        String encoded = URLEncoder.encode(to, StandardCharsets.UTF_8);
        Reply reply = at.send(HttpRequest.newBuilder(at.uri().resolve("/sign-in?to=" + encoded))
                .GET());
        assertThat(reply.status()).as(reply.body()).isEqualTo(303);
        return new Begun(URI.create(reply.header("location")), setCookies(reply).getFirst());
    }

    /** What the local issuer's page links to for this user, followed: back to the API. */
    private static URI choose(Begun begun, String user) {
        Reply page = api.send(HttpRequest.newBuilder(begun.location()).GET());
        assertThat(page.body()).contains("LOCAL SIGN-IN, NO PASSWORD");
        var link = Pattern.compile("id=\"" + user + "\" href=\"([^\"]+)\"").matcher(page.body());
        assertThat(link.find()).isTrue();
        Reply chosen = api.send(
                HttpRequest.newBuilder(begun.location().resolve(link.group(1).replace("&amp;", "&")))
                        .GET());
        assertThat(chosen.status()).as(chosen.body()).isEqualTo(303);
        return URI.create(chosen.header("location"));
    }

    private static Reply landed(RunningApi at, Begun begun, URI back) {
        return landed(at, value(begun.cookie()), back);
    }

    private static Reply landed(RunningApi at, String cookies, URI back) {
        return at.send(HttpRequest.newBuilder(back).header("Cookie", cookies).GET());
    }

    private static Reply signOut(RunningApi at, String cookies) {
        return at.send(HttpRequest.newBuilder(at.uri().resolve("/session"))
                .header("Cookie", cookies)
                .header("Origin", at.uri().toString())
                .header("Broadcaster-Page", "console")
                .DELETE());
    }

    private static String whoIsIn(RunningApi at, Jar jar) {
        return get(at, "/session", jar.all()).json().path("name").asText();
    }

    private static String signedIn(RunningApi at, String user) {
        Begun begun = begin(at, "/");
        return value(setCookies(landed(at, begun, choose(begun, user))).getFirst());
    }

    private static Reply create(String cookie, String origin, String page) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri().resolve("/campaigns"))
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Bodies.campaign("by-cookie")));
        if (!origin.isEmpty()) {
            request.header("Origin", origin);
        }
        if (!page.isEmpty()) {
            request.header("Broadcaster-Page", page);
        }
        return api.send(request);
    }

    private static Reply get(RunningApi at, String path, String cookie) {
        return at.send(withCookie(at, path, cookie).GET());
    }

    private static HttpRequest.Builder withCookie(RunningApi at, String path, String cookie) {
        return HttpRequest.newBuilder(at.uri().resolve(path)).header("Cookie", cookie);
    }

    private static List<String> setCookies(Reply reply) {
        return reply.response().headers().allValues("set-cookie");
    }

    private static String value(String setCookie) {
        return setCookie.substring(0, setCookie.indexOf(';'));
    }

    private static Map<String, String> query(URI uri) {
        return Pattern.compile("([^&=]+)=([^&]*)")
                .matcher(uri.getRawQuery())
                .results()
                .collect(Collectors.toMap(
                        (MatchResult pair) -> pair.group(1),
                        pair -> URLDecoder.decode(pair.group(2), StandardCharsets.UTF_8)));
    }
}
