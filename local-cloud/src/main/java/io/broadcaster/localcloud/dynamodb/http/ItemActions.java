package io.broadcaster.localcloud.dynamodb.http;

import com.fasterxml.jackson.core.JsonParser;
import io.broadcaster.localcloud.dynamodb.table.Condition.Term;
import io.broadcaster.localcloud.dynamodb.table.Database;
import io.broadcaster.localcloud.dynamodb.table.Database.Found;
import io.broadcaster.localcloud.dynamodb.table.Database.PageRequest;
import io.broadcaster.localcloud.dynamodb.table.Database.Put;
import io.broadcaster.localcloud.dynamodb.table.Item;
import io.broadcaster.localcloud.dynamodb.table.ItemReader;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import io.broadcaster.localcloud.dynamodb.table.TableShape;
import java.io.IOException;
import java.util.Optional;

/** The calls on one item, and on one partition, index or table of them. */
final class ItemActions {
    private final Database database;

    ItemActions(Database database) {
        this.database = database;
    }

    byte[] get(byte[] body) throws IOException {
        Call call = Call.read(body);
        TableShape shape = database.shape(call.table());
        Optional<Item> found = database.find(call.table(), ItemReader.key(shape, call.slice("Key")));
        return found.map(item ->
                        new AnswerJson().raw("{\"Item\":").item(item).raw("}").bytes())
                .orElse(AnswerJson.EMPTY);
    }

    byte[] put(byte[] body) throws IOException {
        Call call = Call.read(body);
        return changed(call, database.put(put(call)));
    }

    byte[] delete(byte[] body) throws IOException {
        Call call = Call.read(body);
        TableShape shape = database.shape(call.table());
        return changed(call, database.remove(call.table(), ItemReader.key(shape, call.slice("Key")), call.condition()));
    }

    byte[] query(byte[] body) throws IOException {
        Call call = Call.read(body);
        Term.Equal key = call.expressions().equality(call.required("KeyConditionExpression"));
        var request = new PageRequest(call.optionalSlice("ExclusiveStartKey"), call.limit());
        Optional<String> index = call.text("IndexName");
        if (index.isPresent()) {
            return keys(database.queryIndex(call.table(), new Database.IndexKey(index.get(), key), request), key);
        }
        if (!database.shape(call.table()).partitionKey().equals(key.attribute())) {
            throw Refusal.invalid("Query condition missed key schema element");
        }
        return items(database.query(call.table(), key.value().text(), request));
    }

    byte[] scan(byte[] body) throws IOException {
        Call call = Call.read(body);
        return items(
                database.scan(call.table(), new PageRequest(call.optionalSlice("ExclusiveStartKey"), call.limit())));
    }

    /** All puts of a transaction; other writes are refused. */
    byte[] transactWrite(byte[] body) throws IOException {
        database.putAll(TransactionReader.read(body, this::put));
        return AnswerJson.EMPTY;
    }

    private Put put(Call call) {
        TableShape shape = database.shape(call.table());
        return new Put(ItemReader.item(shape, call.slice("Item")), call.condition(), call.table());
    }

    /** The put that the parser stands on. */
    private Put put(byte[] body, JsonParser parser) throws IOException {
        return put(Call.read(body, parser));
    }

    private static byte[] changed(Call call, Optional<Item> before) {
        String wanted = call.text("ReturnValues").orElse("NONE");
        return switch (wanted) {
            case "NONE" -> AnswerJson.EMPTY;
            case "ALL_OLD" ->
                before.map(item -> new AnswerJson()
                                .raw("{\"Attributes\":")
                                .item(item)
                                .raw("}")
                                .bytes())
                        .orElse(AnswerJson.EMPTY);
            default -> throw Refusal.invalid("Return values set to invalid value: " + wanted);
        };
    }

    private static byte[] items(Found found) {
        var json = new AnswerJson().raw("{\"Items\":").items(found.items());
        return end(json, found);
    }

    /** What an index of keys holds: the keys of the table and its own. */
    private static byte[] keys(Found found, Term.Equal by) {
        var json = new AnswerJson().raw("{\"Items\":[");
        for (int i = 0; i < found.items().size(); i++) {
            json.raw(i == 0 ? "" : ",");
            json.key(found.shape(), found.items().get(i).key(), by);
        }
        return end(json.raw("]"), found);
    }

    private static byte[] end(AnswerJson json, Found found) {
        json.raw(",\"Count\":" + found.items().size() + ",\"ScannedCount\":"
                + found.items().size());
        found.last().ifPresent(last -> json.raw(",\"LastEvaluatedKey\":").key(found.shape(), last));
        return json.raw("}").bytes();
    }
}
