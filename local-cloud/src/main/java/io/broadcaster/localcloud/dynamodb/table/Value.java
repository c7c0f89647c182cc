package io.broadcaster.localcloud.dynamodb.table;

import java.math.BigDecimal;

/** An attribute's value with its wire type. Scalars only; a collection has its type and an empty text, and equals nothing. */
public record Value(String type, String text) {
    /** As DynamoDB compares: numbers by their worth, everything else by its text. */
    boolean same(Value other) {
        return switch (type) {
            case "N" -> other.type.equals("N") && new BigDecimal(text).compareTo(new BigDecimal(other.text)) == 0;
            case "S", "B", "BOOL", "NULL" -> equals(other);
            default -> false;
        };
    }
}
