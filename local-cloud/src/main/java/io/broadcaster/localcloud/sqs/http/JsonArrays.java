package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Arrays, read as they come. A null counts as an empty one. */
final class JsonArrays {
    private JsonArrays() {}

    /** Reads one element; the parser stands on its start. */
    interface ElementReader {
        void read() throws IOException;
    }

    static void forEachObject(JsonParser parser, ElementReader reader) throws IOException {
        if (!startsArray(parser)) {
            return;
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw Json.malformed("Expected an array of objects");
            }
            reader.read();
        }
    }

    static List<String> texts(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        if (startsArray(parser)) {
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                texts.add(Json.text(parser));
            }
        }
        return texts;
    }

    private static boolean startsArray(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return false;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Json.malformed("Expected an array");
        }
        return true;
    }
}
