package io.broadcaster.localcloud.dynamodb.http;

import com.fasterxml.jackson.core.JsonParser;
import io.broadcaster.localcloud.dynamodb.table.Condition;
import io.broadcaster.localcloud.dynamodb.table.Database;
import io.broadcaster.localcloud.dynamodb.table.Item;
import io.broadcaster.localcloud.dynamodb.table.ItemReader;
import io.broadcaster.localcloud.dynamodb.table.Key;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import io.broadcaster.localcloud.dynamodb.table.TableShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** BatchGetItem and BatchWriteItem. Nothing is ever left unprocessed. */
final class BatchActions {
    /** Keys of one BatchGetItem (DynamoDB). */
    private static final int KEYS_MAX = 100;

    /** Writes of one BatchWriteItem (DynamoDB). */
    private static final int WRITES_MAX = 25;

    private final Database database;

    BatchActions(Database database) {
        this.database = database;
    }

    byte[] get(byte[] body) throws IOException {
        var wanted = new LinkedHashMap<String, Set<Key>>();
        int[] keys = {0};
        requests(body, (table, request) -> {
            TableShape shape = database.shape(table);
            Set<Key> own = wanted.computeIfAbsent(table, _ -> new LinkedHashSet<>());
            Json.members(request, (name, value) -> {
                switch (name) {
                    case "Keys" ->
                        Json.elements(value, (_, key) -> {
                            keys[0]++;
                            requireNew(own.add(ItemReader.key(shape, Json.slice(body, key))));
                        });
                    case "ConsistentRead" -> {}
                    default -> throw Refusal.invalid("The local DynamoDB does not know this member: " + name);
                }
            });
        });
        requireSize(keys[0], KEYS_MAX);
        var json = new AnswerJson().raw("{\"Responses\":{");
        String comma = "";
        for (Map.Entry<String, Set<Key>> table : wanted.entrySet()) {
            json.raw(comma).text(table.getKey()).raw(":").items(database.find(table.getKey(), table.getValue()));
            comma = ",";
        }
        return json.raw("},\"UnprocessedKeys\":{}}").bytes();
    }

    byte[] write(byte[] body) throws IOException {
        var writes = new ArrayList<Write>();
        requests(body, (table, request) -> {
            TableShape shape = database.shape(table);
            Json.elements(
                    request,
                    (_, entry) -> Json.members(entry, (kind, value) -> {
                        Json.members(value, (_, content) -> writes.add(write(shape, kind, Json.slice(body, content))));
                    }));
        });
        requireSize(writes.size(), WRITES_MAX);
        var distinct = new HashSet<List<Object>>();
        writes.forEach(write -> requireNew(distinct.add(List.of(write.table(), write.key()))));
        writes.forEach(this::perform);
        return new AnswerJson().raw("{\"UnprocessedItems\":{}}").bytes();
    }

    private sealed interface Write {
        String table();

        Key key();

        record Put(String table, Item item) implements Write {
            @Override
            public Key key() {
                return item.key();
            }
        }

        record Delete(String table, Key key) implements Write {}
    }

    private static Write write(TableShape shape, String kind, byte[] content) {
        return switch (kind) {
            case "PutRequest" -> new Write.Put(shape.name(), ItemReader.item(shape, content));
            case "DeleteRequest" -> new Write.Delete(shape.name(), ItemReader.key(shape, content));
            default -> throw Refusal.invalid("Supplied WriteRequest must be a put or a delete, but was " + kind);
        };
    }

    private void perform(Write write) {
        switch (write) {
            case Write.Put(var table, var item) -> {
                var _ = database.put(new Database.Put(item, Condition.NONE, table));
            }
            case Write.Delete(var table, var key) -> {
                var _ = database.remove(table, key, Condition.NONE);
            }
        }
    }

    private static void requests(byte[] body, Json.Reader perTable) throws IOException {
        try (JsonParser parser = Json.parser(body)) {
            parser.nextToken();
            Json.members(parser, (name, value) -> {
                switch (name) {
                    case "RequestItems" -> Json.members(value, perTable);
                    case "ReturnConsumedCapacity", "ReturnItemCollectionMetrics" -> {}
                    default -> throw Refusal.invalid("The local DynamoDB does not know this member: " + name);
                }
            });
        }
    }

    private static void requireSize(int entries, int most) {
        if (entries < 1 || entries > most) {
            throw Refusal.invalid("Too many items requested for the call: 1 to " + most + ", but were " + entries);
        }
    }

    private static void requireNew(boolean isNew) {
        if (!isNew) {
            throw Refusal.invalid("Provided list of item keys contains duplicates");
        }
    }
}
