package io.broadcaster.loadtest.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The median of records, number by number: of an even count the mean of the middle two. Texts are the first record's, a
 * truth value is true when all are. List entries that bear a name ({@code stage}, {@code role}, {@code name}) are matched
 * by their texts, others by place; what a record lacks counts as 0.
 */
final class Median {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Median() {}

    static <T> T of(List<T> records, Class<T> type) {
        List<JsonNode> trees = records.stream().<JsonNode>map(JSON::valueToTree).toList();
        return JSON.convertValue(node(trees), type);
    }

    private static JsonNode node(List<JsonNode> nodes) {
        JsonNode shape =
                nodes.stream().filter(n -> !n.isMissingNode()).findFirst().orElseThrow();
        return switch (shape.getNodeType()) {
            case OBJECT -> object(nodes);
            case ARRAY -> array(nodes);
            case NUMBER -> number(nodes, shape.isIntegralNumber());
            case BOOLEAN -> JSON.getNodeFactory().booleanNode(nodes.stream().allMatch(JsonNode::asBoolean));
            case STRING, NULL, BINARY, MISSING, POJO -> shape;
        };
    }

    private static JsonNode number(List<JsonNode> nodes, boolean whole) {
        double[] sorted =
                nodes.stream().mapToDouble(JsonNode::asDouble).sorted().toArray();
        double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return whole
                ? JSON.getNodeFactory().numberNode(Math.round(middle))
                : JSON.getNodeFactory().numberNode(middle);
    }

    private static ObjectNode object(List<JsonNode> nodes) {
        Set<String> names = new LinkedHashSet<>();
        nodes.forEach(node -> node.fieldNames().forEachRemaining(names::add));
        ObjectNode result = JSON.createObjectNode();
        for (String name : names) {
            result.set(name, node(nodes.stream().map(n -> n.path(name)).toList()));
        }
        return result;
    }

    private static ArrayNode array(List<JsonNode> nodes) {
        ArrayNode result = JSON.createArrayNode();
        boolean named = nodes.stream().anyMatch(node -> node.path(0).isObject());
        if (!named) {
            int longest = nodes.stream().mapToInt(JsonNode::size).max().orElse(0);
            for (int at = 0; at < longest; at++) {
                int index = at;
                result.add(node(nodes.stream().map(n -> n.path(index)).toList()));
            }
            return result;
        }
        Set<String> keys = new LinkedHashSet<>();
        nodes.forEach(node -> node.forEach(entry -> keys.add(key(entry))));
        for (String key : keys) {
            result.add(node(nodes.stream().map(n -> entry(n, key)).toList()));
        }
        return result;
    }

    private static JsonNode entry(JsonNode array, String key) {
        for (JsonNode entry : array) {
            if (key(entry).equals(key)) {
                return entry;
            }
        }
        return JSON.missingNode();
    }

    /** What tells an entry from its neighbours: all of its texts. */
    private static String key(JsonNode entry) {
        Iterator<JsonNode> fields = entry.elements();
        var texts = new ArrayList<String>();
        fields.forEachRemaining(field -> {
            if (field.isTextual()) {
                texts.add(field.asText());
            }
        });
        return texts.stream().collect(Collectors.joining("/"));
    }
}
