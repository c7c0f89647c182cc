package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.RunningApi.Reply;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What tests say about answers. */
final class Problems {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 10_000_000;

    private Problems() {}

    /** The answer is problem details of this status and type, with all that RFC 9457 asks for. */
    static void assertProblem(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("content-type")).startsWith("application/problem+json");
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:broadcaster:problem:" + type);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("title").asText()).isNotBlank();
        assertThat(reply.json().path("detail").asText()).isNotBlank();
    }

    /** The answer is a 400 about this field. */
    static void assertField(Reply reply, String field) {
        assertProblem(reply, 400, "invalid-input");
        assertThat(reply.json().path("field").asText()).as(reply.body()).isEqualTo(field);
    }

    /** Repeats an assertion until it holds, for at most ten seconds. */
    static void eventually(Runnable assertion) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }
}
