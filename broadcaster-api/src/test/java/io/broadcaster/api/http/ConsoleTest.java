package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Client.Reply;
import io.broadcaster.api.RunningApi;
import io.broadcaster.api.loadtests.ReportFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as a browser gets it. What it does is tested in a browser, in the command line's module. */
final class ConsoleTest {
    @TempDir
    private static Path reports;

    private static RunningApi api;

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** What loadtest blast writes, as far as the API reads it, and something that it must not show. */
    private static final String REPORT = """
            {"machine": {"cpu": "any", "cores": 2, "jdk": "25", "commit": "abc", "at": "2026-11-26T00:00:00Z", "command": "blast",
              "hidden": "hush"},
             "setup": {"ios": 6, "android": 4, "rttMillis": 50, "transport": "burst", "kind": "alert", "fanouts": 1, "senders": 1,
              "processes": false},
             "warmUps": [], "runs": [{"judged": {"agrees": true}}],
             "median": {"press": {"goCallMillis": 1, "firstRequestMillis": 2, "p50Millis": 3, "p95Millis": 4, "p99Millis": 5.5,
               "lastMillis": 6, "answersPerSecond": 7},
              "throughput": {"bucketMillis": 50, "ios": [1, 5], "android": [4]}, "usage": {"cpuMillis": 9}}}""";

    @BeforeAll
    static void start() {
        api = RunningApi.start(Map.of("api.load-tests", reports.toString()));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/console/new",
                "/console/fleet",
                "/load-tests",
                "/campaigns/any/content",
                "/campaigns/any/prepare",
                "/campaigns/any/control",
                "/campaigns/any/report"
            })
    void page_askedForByNobody_isServedUnderTheStrictPolicy(String path) {
        Reply page = anonymous(path);

        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("content-security-policy")).isEqualTo(POLICY);
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.header("cross-origin-opener-policy")).isEqualTo("same-origin");
        assertThat(page.body())
                .contains("<html lang=\"en\">")
                .doesNotContain("<style", " style=", "javascript:", "http://", "https://", "{")
                .doesNotContainPattern("<script(?![^>]+src=)")
                .doesNotContainPattern("\\son[a-z]+=");
    }

    @Test
    void everyReference_ofEveryFile_isServed() {
        var seen = new TreeSet<String>();
        var open = new TreeSet<>(List.of("/", "/console/new", "/console/fleet", "/load-tests"));
        for (String page : List.of("content", "prepare", "control", "report")) {
            open.add("/campaigns/any/" + page);
        }
        while (!open.isEmpty()) {
            String path = open.removeFirst();
            seen.add(path);
            Reply reply = anonymous(path);
            assertThat(reply.status()).as(path).isEqualTo(200);
            references(reply.body())
                    .filter(reference -> !seen.contains(reference))
                    .forEach(open::add);
        }
        var served = new TreeSet<String>();
        api.routes().stream()
                .filter(Route::isPage)
                .forEach(route -> served.add(route.path().replace("{id}", "any")));
        assertThat(seen).as("every file is used, and every used file is there").isEqualTo(served);
    }

    @Test
    void file_askedForWithItsETag_isNotSentAgain() {
        Reply first = anonymous("/console/console.css");
        String etag = first.header("etag");
        Reply again = api.send(get("/console/console.css").header("If-None-Match", "\"other\", " + etag));
        Reply other = api.send(get("/console/console.css").header("If-None-Match", "\"other\""));

        assertThat(first.header("content-type")).isEqualTo("text/css; charset=utf-8");
        assertThat(first.header("cache-control")).isEqualTo("no-cache");
        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("etag")).isEqualTo(etag);
        assertThat(other.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing.js",
                "/console/",
                "/console/shell.html",
                "/console/../http/openapi.json",
                "/console/..%2fhttp%2fopenapi.json",
                "/console/%2e%2e/http/openapi.json",
                "/console/....//http/openapi.json",
                "/console/console.css%00.js",
                "/campaigns/any/..%2f..%2fconsole"
            })
    void path_thatIsNotInTheList_doesNotExist(String path) throws IOException {
        String line = RawHttp.statusLine(
                api.uri(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(line).matches("HTTP/1.1 40[04] .*");
    }

    @Test
    void address_thatLeadsNowhere_isAPageForBrowsersAndAProblemForPrograms() {
        Reply page = api.send(get("/nothing/here").header("Accept", "text/html,*/*;q=0.8"));

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("content-security-policy")).isEqualTo(POLICY);
        assertThat(page.header("cache-control")).isEqualTo("no-store");
        assertThat(page.body())
                .contains("No page has this address.", "<a class=\"button primary\" href=\"/\">")
                .doesNotContain("{", "<script");
        Problems.assertProblem(anonymous("/nothing/here"), 404, "not-found");
    }

    @Test
    void problem_asAPage_holdsTheTextsAsTexts() {
        Reply page = api.send(
                api.client.to("/campaigns?limit=%3Cscript%3E%26amp;").GET().header("Accept", "text/html"));
        Reply stranger = api.send(get("/sign-in/return?state=none").header("Accept", "text/html"));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body()).contains("&lt;script>&amp;amp;").doesNotContain("<script");
        assertThat(stranger.body()).contains("<h1>Not signed in</h1>", "begin again");
    }

    @Test
    void page_underAnotherHostName_isNotServed() throws IOException {
        String line =
                RawHttp.statusLine(api.uri(), "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(line).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void loadTests_inTheFolder_areListedAndReadByNameOnly() throws IOException {
        Files.writeString(reports.resolve("first.json"), REPORT);
        Files.writeString(reports.resolve("other.json"), "{\"nothing\": 1}");
        Files.writeString(reports.resolve("notes.txt"), REPORT);
        Files.createDirectory(reports.resolve("folder.json"));
        Files.createSymbolicLink(reports.resolve("link.json"), reports.resolve("notes.txt"));
        try (var large = new RandomAccessFile(reports.resolve("large.json").toFile(), "rw")) {
            large.setLength(ReportFolder.BYTES_MAX + 1);
        }

        assertThat(api.get("/load-test-reports").json().path("reports").findValuesAsText("name"))
                .containsExactlyInAnyOrder("first.json", "other.json", "large.json");
        Reply first = api.get("/load-test-reports/first.json");
        assertThat(first.json().at("/press/p99Millis").asDouble()).isEqualTo(5.5);
        assertThat(first.json().path("once").asBoolean()).isTrue();
        assertThat(first.json().path("ios")).hasSize(2);
        assertThat(first.body()).doesNotContain("hush");
        Problems.assertProblem(api.get("/load-test-reports/other.json"), 422, "no-report");
        for (String name : List.of("large.json", "notes.txt", "folder.json", "link.json", "no.json", "..first.json")) {
            assertThat(api.get("/load-test-reports/" + name).status()).as(name).isEqualTo(404);
        }
    }

    private static Stream<String> references(String text) {
        Stream<String> absolute = Pattern.compile("(?:src|href)=\"(/console/[\\w.-]+)\"")
                .matcher(text)
                .results()
                .map(match -> match.group(1));
        Stream<String> imported = Pattern.compile("^import [^;]*? from '\\./([\\w.-]+)'", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> "/console/" + match.group(1));
        return Stream.concat(absolute, imported);
    }

    private static Reply anonymous(String path) {
        return api.send(get(path));
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(api.uri().resolve(path)).GET();
    }
}
