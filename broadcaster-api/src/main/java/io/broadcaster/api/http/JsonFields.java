package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.campaign.Instants;
import io.broadcaster.campaign.InvalidInput;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * One JSON object of a request while it is being read: each getter names a field and its rule, and {@link #done} refuses
 * the fields that nobody asked for. Errors bear the field's whole path. Confined to one thread.
 */
final class JsonFields {
    private final String path;
    private final JsonNode object;
    private final Set<String> known = new LinkedHashSet<>();

    private JsonFields(String path, JsonNode object) {
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            throw new InvalidInput(path.isEmpty() ? "body" : path, "must be a JSON object", kind(object));
        }
    }

    static JsonFields of(byte[] body) {
        return new JsonFields("", Json.read(body));
    }

    /** The whole path of a field; a name of nothing is shown in quotes. */
    String path(String key) {
        String name = key.isEmpty() ? "\"\"" : key;
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String key) {
        known.add(key);
        return object.hasNonNull(key);
    }

    String text(String key) {
        known.add(key);
        JsonNode value = object.path(key);
        if (!value.isTextual()) {
            throw new InvalidInput(path(key), "must be a text", kind(value));
        }
        return value.textValue();
    }

    String text(String key, String byDefault) {
        return has(key) ? text(key) : byDefault;
    }

    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    OptionalLong optionalWhole(String key) {
        if (!has(key)) {
            return OptionalLong.empty();
        }
        JsonNode value = object.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InvalidInput(path(key), "must be a whole number", kind(value));
        }
        return OptionalLong.of(value.longValue());
    }

    Instant instant(String key) {
        String text = text(key);
        return Instants.parse(text)
                .orElseThrow(() -> new InvalidInput(
                        path(key), "must be an instant from 1970 to 9999 such as 2026-02-08T18:30:00Z", text))
                .truncatedTo(ChronoUnit.MILLIS);
    }

    Duration duration(String key) {
        String text = text(key);
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInput(path(key), "must be an ISO-8601 duration such as PT1H", text);
        }
    }

    List<String> texts(String key) {
        known.add(key);
        var texts = new ArrayList<String>();
        for (JsonNode element : array(key)) {
            if (!element.isTextual()) {
                throw new InvalidInput(path(key) + "[" + texts.size() + "]", "must be a text", kind(element));
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    List<JsonFields> objects(String key) {
        known.add(key);
        var objects = new ArrayList<JsonFields>();
        for (JsonNode element : array(key)) {
            objects.add(new JsonFields(path(key) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    /** An object of texts; empty when the field is absent. */
    Map<String, String> textMap(String key) {
        if (!has(key)) {
            return Map.of();
        }
        JsonNode value = object.path(key);
        if (!value.isObject()) {
            throw new InvalidInput(path(key), "must be a JSON object of texts", kind(value));
        }
        var texts = new TreeMap<String, String>();
        value.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw new InvalidInput(path(key) + "." + entry.getKey(), "must be a text", kind(entry.getValue()));
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        });
        return texts;
    }

    /** Ends the reading: refuses the first field that no getter named. */
    void done() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new InvalidInput(path(name), "is not a field here; known are " + known, kind(object.path(name)));
            }
        });
    }

    private Iterable<JsonNode> array(String key) {
        JsonNode value = object.path(key);
        if (!value.isArray()) {
            throw new InvalidInput(path(key), "must be a JSON array", kind(value));
        }
        return value;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> value.textValue();
            case NUMBER, BOOLEAN -> value.asText();
            case NULL -> "null";
            case MISSING -> "absent";
            case BINARY, POJO -> "something else";
        };
    }
}
