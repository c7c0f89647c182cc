package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes on while others take all the room that there is for requests. */
final class RoomTest {
    /** A stranger's request whose body does not come. */
    private static final String SLOW = "POST /campaigns HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n";

    @Test
    void abort_withoutRoomForAnotherRequest_isNotTurnedAway() throws IOException {
        try (RunningApi api = RunningApi.start(Map.of("api.requests-max", "1"));
                var slow = new Socket(api.uri().getHost(), api.uri().getPort())) {
            assertThat(api.post("/campaigns", Bodies.campaign("draft")).status())
                    .isEqualTo(201);
            Eventually.eventually(() -> assertThat(underWay(api)).isZero());
            slow.getOutputStream().write(SLOW.getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            Eventually.eventually(() -> assertThat(underWay(api)).isEqualTo(1));

            Problems.assertProblem(api.get("/campaigns"), 503, "busy");
            for (String act : List.of("go", "abort", "disarm")) {
                Problems.assertProblem(api.post("/campaigns/draft/" + act), 409, "refused");
            }
        }
    }

    private static double underWay(RunningApi api) {
        return api.registry()
                .get("broadcaster.api.bound.used")
                .tag("bound", "requests")
                .gauge()
                .value();
    }
}
