package io.broadcaster.loader.check;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON Lines: a string, or an object with {@code user_id} as a string or whole number. Safe for any thread. */
final class JsonField implements UserField {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Absent NOT_JSON = new Absent("must be one JSON value");
    private static final Absent NO_USER =
            new Absent("must be a string, or an object with user_id as a string or whole number");

    @Override
    public Answer of(String text, long number) {
        try (JsonParser json = JSON.createParser(text)) {
            JsonToken first = json.nextToken();
            Answer answer;
            if (first == JsonToken.VALUE_STRING) {
                answer = new Found(json.getText());
            } else if (first == JsonToken.START_OBJECT) {
                answer = userId(json);
            } else {
                return NO_USER;
            }
            return json.nextToken() == null ? answer : NOT_JSON;
        } catch (JacksonException e) {
            return NOT_JSON;
        } catch (IOException e) {
            throw new UncheckedIOException("a row could not be read from memory", e);
        }
    }

    private static Answer userId(JsonParser json) throws IOException {
        Answer answer = NO_USER;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("user_id");
            JsonToken value = json.nextToken();
            if (wanted && (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)) {
                answer = new Found(json.getText());
            } else {
                json.skipChildren();
            }
        }
        return answer;
    }
}
