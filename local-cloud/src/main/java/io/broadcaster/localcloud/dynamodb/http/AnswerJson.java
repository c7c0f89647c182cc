package io.broadcaster.localcloud.dynamodb.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.broadcaster.localcloud.dynamodb.table.Condition.Term;
import io.broadcaster.localcloud.dynamodb.table.Item;
import io.broadcaster.localcloud.dynamodb.table.Key;
import io.broadcaster.localcloud.dynamodb.table.TableShape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** JSON out, around items that are bytes already. Confined to one call. */
final class AnswerJson {
    static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private static final int FIRST_BYTES = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(FIRST_BYTES);

    AnswerJson raw(String json) {
        out.writeBytes(json.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    AnswerJson text(String value) {
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(value));
        out.write('"');
        return this;
    }

    AnswerJson item(Item item) {
        out.writeBytes(item.json());
        return this;
    }

    AnswerJson items(Collection<Item> items) {
        out.write('[');
        boolean first = true;
        for (Item item : items) {
            if (!first) {
                out.write(',');
            }
            first = false;
            item(item);
        }
        out.write(']');
        return this;
    }

    /** The key as an item of its own. */
    AnswerJson key(TableShape shape, Key key) {
        return raw("{").keyMembers(shape, key).raw("}");
    }

    /** The same with the attribute that an index is by. */
    AnswerJson key(TableShape shape, Key key, Term.Equal by) {
        return raw("{").keyMembers(shape, key)
                .raw(",")
                .text(by.attribute())
                .raw(":{")
                .text(by.value().type())
                .raw(":")
                .text(by.value().text())
                .raw("}}");
    }

    private AnswerJson keyMembers(TableShape shape, Key key) {
        text(shape.partitionKey()).raw(":{\"S\":").text(key.partition()).raw("}");
        if (!shape.sortKey().isEmpty()) {
            raw(",").text(shape.sortKey()).raw(":{\"S\":").text(key.sort()).raw("}");
        }
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
