package io.broadcaster.localcloud.dynamodb.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import java.io.IOException;
import java.util.Arrays;

/** JSON in: streaming for calls on items, trees for calls on tables. Any thread may call. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private Json() {}

    /** Reads one member of an object, or one element of an array; must consume the value that the parser stands on. */
    interface Reader {
        void read(String name, JsonParser parser) throws IOException;
    }

    static JsonParser parser(byte[] body) throws IOException {
        return FACTORY.createParser(body);
    }

    /** The members of the object that the parser stands on. */
    static void members(JsonParser parser, Reader reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.invalid("Expected a JSON object");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                reader.read(name, parser);
            }
        }
    }

    /** The elements of the array that the parser stands on. */
    static void elements(JsonParser parser, Reader reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Refusal.invalid("Expected a JSON array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            reader.read("", parser);
        }
    }

    /** The bytes of the object that the parser stands on; the parser stands on its end afterwards. */
    static byte[] slice(byte[] body, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.invalid("Expected a JSON object");
        }
        long from = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(
                body,
                Math.toIntExact(from),
                Math.toIntExact(parser.currentLocation().getByteOffset()));
    }

    static JsonNode tree(byte[] body) throws IOException {
        return MAPPER.readTree(body);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(JsonNode tree) throws IOException {
        return MAPPER.writeValueAsBytes(tree);
    }
}
