package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A batch's answer: always a success as a whole, with the entries that failed in a list of their own. */
final class BatchAnswer {
    private final List<Failure> failures = new ArrayList<>();
    private final JsonGenerator json;

    private record Failure(String id, Refusal refusal) {}

    private BatchAnswer(JsonGenerator json) {
        this.json = json;
    }

    interface Entries {
        void write(BatchAnswer answer, JsonGenerator json) throws IOException;
    }

    static byte[] write(Entries entries) throws IOException {
        return Json.write(json -> {
            BatchAnswer answer = new BatchAnswer(json);
            json.writeArrayFieldStart("Successful");
            entries.write(answer, json);
            json.writeEndArray();
            answer.writeFailures();
        });
    }

    void failed(String id, Refusal refusal) {
        failures.add(new Failure(id, refusal));
    }

    /** A success of which there is nothing to say but its id. */
    void succeeded(String id) throws IOException {
        json.writeStartObject();
        json.writeStringField("Id", id);
        json.writeEndObject();
    }

    private void writeFailures() throws IOException {
        json.writeArrayFieldStart("Failed");
        for (Failure failure : failures) {
            json.writeStartObject();
            json.writeStringField("Id", failure.id());
            json.writeBooleanField("SenderFault", true);
            json.writeStringField("Code", failure.refusal().code().queryCode());
            json.writeStringField("Message", failure.refusal().reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
