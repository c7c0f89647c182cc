package io.broadcaster.localcloud.dynamodb.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.localcloud.dynamodb.table.Database;
import io.broadcaster.localcloud.dynamodb.table.Database.TableView;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import io.broadcaster.localcloud.dynamodb.table.TableShape;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The calls on tables: made at once, with keys that are texts and indexes of keys; a time to live is shown, not obeyed. */
final class TableActions {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";

    private final Database database;

    TableActions(Database database) {
        this.database = database;
    }

    byte[] create(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        String partitionKey = key(request, "HASH");
        if (partitionKey.isEmpty()) {
            throw Refusal.invalid("A table must have a HASH key");
        }
        for (JsonNode attribute : request.path("AttributeDefinitions")) {
            if (!text(attribute, "AttributeType").equals("S")) {
                throw Refusal.invalid("The local DynamoDB knows only keys that are texts (S)");
            }
        }
        var shape = new TableShape(text(request, "TableName"), partitionKey, key(request, "RANGE"), indexes(request));
        return description("TableDescription", database.create(shape));
    }

    byte[] describe(byte[] body) throws IOException {
        return description("Table", database.view(text(Json.tree(body), "TableName")));
    }

    byte[] delete(byte[] body) throws IOException {
        return description("TableDescription", database.drop(text(Json.tree(body), "TableName")));
    }

    byte[] list(byte[] body) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode names = answer.putArray("TableNames");
        database.names().forEach(names::add);
        return Json.bytes(answer);
    }

    byte[] updateTimeToLive(byte[] body) throws IOException {
        JsonNode request = Json.tree(body);
        JsonNode wanted = request.path("TimeToLiveSpecification");
        String attribute = text(wanted, "AttributeName");
        boolean enabled = wanted.path("Enabled").asBoolean();
        database.expire(text(request, "TableName"), enabled ? attribute : "");
        ObjectNode answer = Json.object();
        answer.putObject("TimeToLiveSpecification").put("Enabled", enabled).put("AttributeName", attribute);
        return Json.bytes(answer);
    }

    byte[] describeTimeToLive(byte[] body) throws IOException {
        String attribute = database.view(text(Json.tree(body), "TableName")).expiry();
        ObjectNode answer = Json.object();
        ObjectNode description = answer.putObject("TimeToLiveDescription");
        if (attribute.isEmpty()) {
            description.put("TimeToLiveStatus", "DISABLED");
        } else {
            description.put("TimeToLiveStatus", "ENABLED").put("AttributeName", attribute);
        }
        return Json.bytes(answer);
    }

    private static Map<String, String> indexes(JsonNode request) {
        if (!request.path("LocalSecondaryIndexes").isEmpty()) {
            throw Refusal.invalid("The local DynamoDB does not know local secondary indexes");
        }
        var indexes = new HashMap<String, String>();
        for (JsonNode index : request.path("GlobalSecondaryIndexes")) {
            boolean keysOnly =
                    index.path("Projection").path("ProjectionType").asText().equals("KEYS_ONLY");
            if (!keysOnly || !key(index, "RANGE").isEmpty()) {
                throw Refusal.invalid("The local DynamoDB knows only indexes of keys by one attribute");
            }
            indexes.put(text(index, "IndexName"), key(index, "HASH"));
        }
        return indexes;
    }

    private static String key(JsonNode node, String type) {
        for (JsonNode element : node.path("KeySchema")) {
            if (text(element, "KeyType").equals(type)) {
                return text(element, "AttributeName");
            }
        }
        return "";
    }

    private static byte[] description(String member, TableView view) throws IOException {
        TableShape shape = view.shape();
        ObjectNode answer = Json.object();
        ObjectNode table = answer.putObject(member)
                .put("TableName", shape.name())
                .put("TableStatus", "ACTIVE")
                .put("TableArn", ARN + shape.name())
                .put("ItemCount", view.items());
        table.putObject("BillingModeSummary").put("BillingMode", "PAY_PER_REQUEST");
        ArrayNode attributes = table.putArray("AttributeDefinitions");
        ArrayNode keys = table.putArray("KeySchema");
        describeKey(keys, attributes, shape.partitionKey(), "HASH");
        if (!shape.sortKey().isEmpty()) {
            describeKey(keys, attributes, shape.sortKey(), "RANGE");
        }
        if (!shape.indexes().isEmpty()) {
            describeIndexes(table.putArray("GlobalSecondaryIndexes"), attributes, shape);
        }
        return Json.bytes(answer);
    }

    private static void describeIndexes(ArrayNode indexes, ArrayNode attributes, TableShape shape) {
        shape.indexes().forEach((name, attribute) -> {
            ObjectNode index = indexes.addObject().put("IndexName", name).put("IndexStatus", "ACTIVE");
            describeKey(index.putArray("KeySchema"), attributes, attribute, "HASH");
            index.putObject("Projection").put("ProjectionType", "KEYS_ONLY");
        });
    }

    private static void describeKey(ArrayNode keys, ArrayNode attributes, String name, String type) {
        keys.addObject().put("AttributeName", name).put("KeyType", type);
        attributes.addObject().put("AttributeName", name).put("AttributeType", "S");
    }

    private static String text(JsonNode node, String name) {
        String text = node.path(name).asText();
        if (text.isEmpty()) {
            throw Refusal.invalid("The parameter '" + name + "' is required but was not present in the request");
        }
        return text;
    }
}
