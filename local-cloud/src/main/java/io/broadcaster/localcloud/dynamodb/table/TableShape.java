package io.broadcaster.localcloud.dynamodb.table;

import java.util.Map;

/**
 * How a table was made. Keys are texts; {@code sortKey} is {@code ""} without one; {@code indexes} maps the name of an index
 * of keys to the attribute that it is by.
 */
public record TableShape(String name, String partitionKey, String sortKey, Map<String, String> indexes) {
    public TableShape {
        indexes = Map.copyOf(indexes);
    }

    /** Attributes of a key. */
    int keyAttributes() {
        return sortKey.isEmpty() ? 1 : 2;
    }
}
