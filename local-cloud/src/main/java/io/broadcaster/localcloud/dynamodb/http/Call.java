package io.broadcaster.localcloud.dynamodb.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.broadcaster.localcloud.dynamodb.table.Condition;
import io.broadcaster.localcloud.dynamodb.table.ItemReader;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import io.broadcaster.localcloud.dynamodb.table.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The members of a call on items. Read in one pass; items stay the bytes that they came as. Confined to one call. */
final class Call {
    /** Members that change nothing here: every read is consistent, and nothing is metered. */
    private static final String NOT_KNOWN = "The local DynamoDB does not know this member of a request: ";

    private final byte[] body;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, byte[]> slices = new HashMap<>();
    private int limit = Integer.MAX_VALUE;

    private Call(byte[] body) {
        this.body = body;
    }

    static Call read(byte[] body) throws IOException {
        try (JsonParser parser = Json.parser(body)) {
            parser.nextToken();
            return read(body, parser);
        }
    }

    /** The object that the parser stands on. */
    static Call read(byte[] body, JsonParser parser) throws IOException {
        var call = new Call(body);
        Json.members(parser, call::member);
        return call;
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "TableName",
                    "IndexName",
                    "ConditionExpression",
                    "KeyConditionExpression",
                    "ReturnValues",
                    "ReturnValuesOnConditionCheckFailure" -> texts.put(name, parser.getText());
            case "Item", "Key", "ExclusiveStartKey" -> slices.put(name, Json.slice(body, parser));
            case "Limit" -> limit = parser.getIntValue();
            case "ExpressionAttributeNames" -> Json.members(parser, (alias, to) -> names.put(alias, to.getText()));
            case "ExpressionAttributeValues" ->
                Json.members(parser, (alias, value) -> values.put(alias, ItemReader.value(value)));
            case "ScanIndexForward" -> {
                if (parser.currentToken() != JsonToken.VALUE_TRUE) {
                    throw Refusal.invalid(NOT_KNOWN + "ScanIndexForward=false");
                }
            }
            case "ConsistentRead", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics" -> parser.skipChildren();
            default -> throw Refusal.invalid(NOT_KNOWN + name);
        }
    }

    String table() {
        return required("TableName");
    }

    String required(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw Refusal.invalid("The parameter '" + name + "' is required but was not present in the request");
        }
        return text;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    byte[] slice(String name) {
        return optionalSlice(name)
                .orElseThrow(() -> Refusal.invalid("The parameter '" + name + "' is required but was not present"));
    }

    Optional<byte[]> optionalSlice(String name) {
        return Optional.ofNullable(slices.get(name));
    }

    int limit() {
        if (limit < 1) {
            throw Refusal.invalid("Limit must be at least 1, but was " + limit);
        }
        return limit;
    }

    Condition condition() {
        boolean tells = "ALL_OLD".equals(texts.get("ReturnValuesOnConditionCheckFailure"));
        return expressions().parse(texts.getOrDefault("ConditionExpression", ""), tells);
    }

    ConditionParser expressions() {
        return new ConditionParser(names, values);
    }
}
