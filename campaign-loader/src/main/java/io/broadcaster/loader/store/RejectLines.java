package io.broadcaster.loader.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.broadcaster.audience.LoadProgress.RejectedRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Malformed rows as JSON Lines: {@code {"row":7,"rule":"must be …","text":"…"}}. */
final class RejectLines {
    private static final JsonFactory JSON = new JsonFactory();

    private RejectLines() {}

    static void append(RejectedRow rejected, ByteArrayOutputStream to) {
        try (JsonGenerator json = JSON.createGenerator(to)) {
            json.writeStartObject();
            json.writeNumberField("row", rejected.row());
            json.writeStringField("rule", rejected.rule());
            json.writeStringField("text", wellFormed(rejected.text()));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a rejected row could not be written to memory", e);
        }
        to.write('\n');
    }

    /** The first {@code most} rows. */
    static List<RejectedRow> read(byte[] lines, int most) {
        var rows = new ArrayList<RejectedRow>();
        try (JsonParser json = JSON.createParser(lines)) {
            while (rows.size() < most && json.nextToken() == JsonToken.START_OBJECT) {
                json.nextToken();
                long row = json.nextLongValue(0);
                json.nextToken();
                String rule = json.nextTextValue();
                json.nextToken();
                String text = json.nextTextValue();
                rows.add(new RejectedRow(row, rule == null ? "" : rule, text == null ? "" : text));
                json.nextToken();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("rejected rows could not be read from memory", e);
        }
        return rows;
    }

    /** A text that was cut may end within a surrogate pair, which has no UTF-8. */
    private static String wellFormed(String text) {
        boolean half = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        return half ? text.substring(0, text.length() - 1) : text;
    }
}
