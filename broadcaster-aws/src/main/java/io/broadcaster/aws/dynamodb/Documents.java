package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.StoreException;

/** JSON documents in attributes: each bears {@code "v"}, the version of its form, and readers refuse other versions. */
final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private Documents() {}

    /** A new document of version 1. */
    static ObjectNode document() {
        return object().put("v", VERSION);
    }

    /** A part of a document. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** A list within a document. */
    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /** Opens a document; {@code what} names it in errors. */
    static DocumentReader read(String what, String text) {
        try {
            var reader = new DocumentReader(JSON.readTree(text), what);
            if (reader.integer("v") != VERSION) {
                throw new StoreException(what + " must be of version " + VERSION + ", but was " + reader.integer("v"));
            }
            return reader;
        } catch (JsonProcessingException e) {
            throw new StoreException(what + " is no JSON", e);
        }
    }
}
