package io.broadcaster.localcloud.dynamodb.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Reads items where they lie in their JSON. Pure. */
public final class ItemReader {
    /** An item's names and values together (DynamoDB). */
    static final int ITEM_BYTES_MAX = 400 * 1024;

    private static final Set<String> TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS");
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();

    private ItemReader() {}

    /** The item that this JSON is, checked: its key, its types, its size. */
    public static Item item(TableShape shape, byte[] json) {
        var reading = new Reading(shape);
        read(json, reading);
        if (reading.bytes > ITEM_BYTES_MAX) {
            throw Refusal.invalid("Item size has exceeded the maximum allowed size");
        }
        return new Item(reading.key(), json);
    }

    /** The key that this JSON is, and nothing besides. */
    public static Key key(TableShape shape, byte[] json) {
        var reading = new Reading(shape);
        read(json, reading);
        if (reading.attributes != shape.keyAttributes()) {
            throw noMatch();
        }
        return reading.key();
    }

    static Optional<Value> attribute(byte[] json, String wanted) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals(wanted)) {
                    return Optional.of(value(parser));
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("what was read before must be readable", e);
        }
    }

    /** The value that the parser stands on, an object of one member named by its type; read to its end. */
    public static Value value(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalidValue();
        }
        String type = parser.nextFieldName();
        if (type == null || !TYPES.contains(type)) {
            throw invalidValue();
        }
        JsonToken token = parser.nextToken();
        String text = "";
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            text = parser.getText();
        }
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw invalidValue();
        }
        if (type.equals("N")) {
            requireNumber(text);
        }
        return new Value(type, text);
    }

    private static void read(byte[] json, Reading reading) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                long from = parser.currentTokenLocation().getByteOffset();
                Value value = value(parser);
                reading.attribute(name, value, parser.currentLocation().getByteOffset() - from);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was read before must be readable", e);
        }
    }

    private static void requireNumber(String text) {
        try {
            var _ = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Refusal.invalid("The parameter cannot be converted to a numeric value: " + text);
        }
    }

    private static Refusal invalidValue() {
        return Refusal.invalid(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
                        + " supported datatypes");
    }

    private static Refusal noMatch() {
        return Refusal.invalid("The provided key element does not match the schema");
    }

    /** The key's attributes as they come by, and the size: base64 counts three quarters, a collection as it is written. */
    private static final class Reading {
        private final TableShape shape;
        private String partition = "";
        private String sort = "";
        private int attributes;
        private long bytes;

        Reading(TableShape shape) {
            this.shape = shape;
        }

        void attribute(String name, Value value, long written) {
            attributes++;
            bytes += name.length() + (value.type().equals("B") ? written * 3 / 4 : written);
            if (name.equals(shape.partitionKey())) {
                partition = keyText(value);
            } else if (name.equals(shape.sortKey())) {
                sort = keyText(value);
            }
        }

        Key key() {
            if (partition.isEmpty() || (sort.isEmpty() && !shape.sortKey().isEmpty())) {
                throw Refusal.invalid(
                        "One or more parameter values were invalid: Missing or empty key of table " + shape.name());
            }
            return new Key(partition, sort);
        }

        private static String keyText(Value value) {
            if (!value.type().equals("S")) {
                throw noMatch();
            }
            return value.text();
        }
    }
}
