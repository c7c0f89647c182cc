package io.broadcaster.localcloud.dynamodb.http;

import com.fasterxml.jackson.core.JsonParser;
import io.broadcaster.localcloud.dynamodb.table.Database.Put;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the puts of a TransactWriteItems. Its token is not remembered: a repeat is judged by its conditions, which say of a
 * ledger row whether the one that stands is the same write. Pure.
 */
final class TransactionReader {
    /** Writes of one transaction (DynamoDB). */
    private static final int WRITES_MAX = 100;

    /** Bytes of one transaction's items together (DynamoDB). */
    private static final long BYTES_MAX = 4L << 20;

    private TransactionReader() {}

    /** Reads the put that the parser stands on. */
    interface PutReader {
        Put read(byte[] body, JsonParser parser) throws IOException;
    }

    static List<Put> read(byte[] body, PutReader reader) throws IOException {
        var puts = new ArrayList<Put>();
        try (JsonParser parser = Json.parser(body)) {
            parser.nextToken();
            Json.members(parser, (name, value) -> {
                switch (name) {
                    case "TransactItems" ->
                        Json.elements(value, (_, element) -> puts.add(write(body, element, reader)));
                    case "ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics" -> {}
                    default -> throw Refusal.invalid("The local DynamoDB does not know this member: " + name);
                }
            });
        }
        if (puts.isEmpty() || puts.size() > WRITES_MAX) {
            throw Refusal.invalid("1 validation error detected: Member must have length less than or equal to "
                    + WRITES_MAX + " and at least 1, but had " + puts.size());
        }
        if (puts.stream().mapToLong(put -> put.item().json().length).sum() * 3 / 4 > BYTES_MAX) {
            throw Refusal.invalid("Transaction size cannot exceed 4 MB");
        }
        return puts;
    }

    private static Put write(byte[] body, JsonParser parser, PutReader reader) throws IOException {
        var puts = new ArrayList<Put>(1);
        Json.members(parser, (kind, value) -> {
            if (!kind.equals("Put")) {
                throw Refusal.invalid("The local DynamoDB knows only puts in a transaction, not " + kind);
            }
            puts.add(reader.read(body, value));
        });
        if (puts.size() != 1) {
            throw Refusal.invalid("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        return puts.getFirst();
    }
}
