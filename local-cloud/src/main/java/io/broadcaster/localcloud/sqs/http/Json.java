package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** JSON in and out: streaming for the calls that come by the thousand, trees for the others. Any thread may call. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);
    private static final int ANSWER_BYTES = 512;

    private Json() {}

    /** Something that reads one member of an object; it must consume the value or leave the parser on it. */
    interface MemberReader {
        void read(String name, JsonParser parser) throws IOException;
    }

    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** Reads the members of the object that the parser stands before or on; skips what the reader leaves unread. */
    static void readObject(JsonParser parser, MemberReader reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT && parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("Expected a JSON object");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            reader.read(name, parser);
            if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    static JsonParser parser(byte[] body) throws IOException {
        return FACTORY.createParser(body);
    }

    /** The string the parser stands on; anything else is refused. */
    static String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw malformed("Expected a string for " + parser.currentName());
        }
        return parser.getText();
    }

    /** The integer the parser stands on; anything else is refused. */
    static int number(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw malformed("Expected an integer for " + parser.currentName());
        }
        return parser.getIntValue();
    }

    static JsonNode tree(byte[] body) throws IOException {
        JsonNode tree = MAPPER.readTree(body);
        if (!tree.isObject()) {
            throw malformed("Expected a JSON object");
        }
        return tree;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(JsonNode tree) throws IOException {
        return MAPPER.writeValueAsBytes(tree);
    }

    static byte[] write(Writer writer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(ANSWER_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writer.write(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static Refusal malformed(String what) {
        return new Refusal(ErrorCode.MALFORMED_REQUEST, what);
    }
}
