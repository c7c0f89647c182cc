package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.api.TestIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes on while others take the room that there is for requests. */
final class RoomTest {
    private static final String ADA = TestIssuer.token("ada");

    @Test
    void abort_withoutRoomForAnotherRequest_isNotTurnedAway() throws IOException {
        try (RunningApi api = RunningApi.start(Map.of("api.requests-max", "1"));
                Socket slow = to(api)) {
            assertThat(api.post("/campaigns", Bodies.campaign("draft")).status())
                    .isEqualTo(201);
            Eventually.eventually(() -> assertThat(bound(api, "requests")).isZero());
            writeSlowly(slow, ADA);
            Eventually.eventually(() -> assertThat(bound(api, "requests")).isEqualTo(1));

            Problems.assertProblem(api.get("/campaigns"), 503, "busy");
            for (String act : List.of("go", "abort", "disarm")) {
                Problems.assertProblem(api.post("/campaigns/draft/" + act), 409, "refused");
            }
        }
    }

    @Test
    void room_takenByOneCaller_isHisShareAndLeavesTheRestToOthers() throws IOException {
        try (RunningApi api = RunningApi.start(Map.of("api.requests-per-caller-max", "1"));
                Socket slow = to(api)) {
            writeSlowly(slow, ADA);
            Eventually.eventually(() -> assertThat(bound(api, "requests")).isEqualTo(1));

            var refused = api.get("/campaigns");
            Problems.assertProblem(refused, 429, "too-many");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(api.send(api.client.as("mary", "/campaigns").GET()).status())
                    .isEqualTo(200);
            assertThat(api.post("/campaigns/none/abort").status()).isEqualTo(404);
            slow.getOutputStream().write('{');
            slow.getOutputStream().write('}');
            Eventually.eventually(
                    () -> assertThat(api.get("/campaigns").status()).isEqualTo(200));
        }
    }

    /** The first uses up what strangers may fail; that the second was counted says that it waits for its body only. */
    @Test
    void room_ofAStrangerWithASlowBody_isNotTaken() throws IOException {
        try (RunningApi api = RunningApi.start(Map.of("api.requests-max", "1", "api.failures-per-minute", "1"));
                Socket slow = to(api)) {
            var first = HttpRequest.newBuilder(api.uri().resolve("/session")).header("Authorization", "Bearer none");
            Problems.assertProblem(api.send(first.GET()), 401, "invalid-token");
            writeSlowly(slow, "none");
            Eventually.eventually(() -> assertThat(strangersRefused(api)).isEqualTo(1));

            assertThat(api.get("/campaigns").status()).isEqualTo(200);
        }
    }

    /** What anybody may ask for takes no room while its body does not come. */
    @Test
    void room_ofPagesWhoseBodiesDoNotCome_isNotTaken() throws IOException {
        try (RunningApi api = RunningApi.start(Map.of("api.requests-max", "1"));
                Socket slow = to(api)) {
            slow.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            assertThat(slow.getInputStream().read()).as("the page comes").isEqualTo('H');

            var page = HttpRequest.newBuilder(api.uri().resolve("/")).GET();
            assertThat(api.send(page).status()).isEqualTo(200);
            assertThat(bound(api, "door")).isZero();
        }
    }

    @Test
    void streams_ofOneCaller_areHisShareAndLeaveTheRestToOthers() throws Exception {
        try (RunningApi api = RunningApi.start(Map.of("api.streams-per-caller-max", "1"))) {
            api.post("/campaigns", Bodies.campaign("draft"));
            try (InputStream open = stream(api, "ada").body()) {
                assertThat(open.read()).isEqualTo('e');
                Problems.assertProblem(api.get("/campaigns/draft/events"), 429, "too-many");
                try (InputStream others = stream(api, "mary").body()) {
                    assertThat(others.read()).isEqualTo('e');
                }
            }
            Eventually.eventually(() -> assertThat(bound(api, "streams")).isZero());
            try (InputStream again = stream(api, "ada").body()) {
                assertThat(again.read()).isEqualTo('e');
            }
        }
    }

    private static HttpResponse<InputStream> stream(RunningApi api, String user)
            throws IOException, InterruptedException {
        var request = api.client.as(user, "/campaigns/draft/events").GET().build();
        return api.client.http.send(request, BodyHandlers.ofInputStream());
    }

    private static Socket to(RunningApi api) throws IOException {
        return new Socket(api.uri().getHost(), api.uri().getPort());
    }

    /** A request whose body does not come. */
    private static void writeSlowly(Socket socket, String token) throws IOException {
        String request = "POST /campaigns HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static double bound(RunningApi api, String bound) {
        return api.registry()
                .get("broadcaster.api.bound.used")
                .tag("bound", bound)
                .gauge()
                .value();
    }

    private static double strangersRefused(RunningApi api) {
        return api.registry()
                .counter("broadcaster.api.limited", "limit", "strangers")
                .count();
    }
}
