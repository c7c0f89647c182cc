package io.broadcaster.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.broadcaster.campaign.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON in and out. Reading is bounded in depth, length and numbers, and refuses keys that come twice. Immutable. */
final class Json {
    /** Deepest nesting of a request: contents, entry, data is three. */
    static final int DEPTH_MAX = 8;

    /** Longest text of a request, in characters. */
    static final int TEXT_MAX = 16_384;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(TEXT_MAX)
                            .maxNameLength(256)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /** The one JSON value of a body; InvalidInput when there is none, or more, or it is beyond the bounds. */
    static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new InvalidInput("body", "must be one JSON object" + where, e.getOriginalMessage());
        } catch (IOException e) { // bytes that begin like UTF-16 or UTF-32 and are none
            throw new InvalidInput("body", "must be one JSON object in UTF-8", String.valueOf(e.getMessage()));
        }
    }

    /** The value as UTF-8; records keep the order of their components. */
    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object whose fields keep the order in which they are put. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
