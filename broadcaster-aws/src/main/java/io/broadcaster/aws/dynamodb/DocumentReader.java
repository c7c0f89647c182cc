package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.campaign.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a stored document, read by name; a missing field is a {@link StoreException} that gives its path. */
final class DocumentReader {
    private final JsonNode node;
    private final String path;

    DocumentReader(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Whether a process that wrote this knew of the value. */
    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String text(String name) {
        return require(name).asText();
    }

    long number(String name) {
        return require(name).asLong();
    }

    int integer(String name) {
        return require(name).asInt();
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    DocumentReader object(String name) {
        return new DocumentReader(require(name), path + "." + name);
    }

    List<DocumentReader> objects(String name) {
        var all = new ArrayList<DocumentReader>();
        for (JsonNode each : require(name)) {
            all.add(new DocumentReader(each, path + "." + name + "[" + all.size() + "]"));
        }
        return all;
    }

    List<String> texts(String name) {
        var all = new ArrayList<String>();
        require(name).forEach(each -> all.add(each.asText()));
        return all;
    }

    Map<String, String> textMap(String name) {
        var all = new LinkedHashMap<String, String>();
        require(name)
                .properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new StoreException(path + "." + name + " must be a " + type.getSimpleName() + ", but was " + text);
    }

    StoreException unknown(String name) {
        return new StoreException(path + "." + name + " is not known: " + text(name));
    }

    private JsonNode require(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new StoreException(path + " lacks field " + name);
        }
        return value;
    }
}
