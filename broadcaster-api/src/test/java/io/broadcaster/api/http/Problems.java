package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Client.Reply;

/** What tests say about answers. */
final class Problems {
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
}
