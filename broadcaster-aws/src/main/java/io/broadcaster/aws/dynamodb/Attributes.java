package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.StoreException;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB's attribute values, made and read. An item without an expected attribute is a {@link StoreException}. */
final class Attributes {
    private Attributes() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** The array is not copied: it must not change any more. */
    static AttributeValue binary(byte[] value) {
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value));
    }

    static String text(Map<String, AttributeValue> item, String name) {
        String value = require(item, name).s();
        if (value == null) {
            throw new StoreException("attribute " + name + " must be a text");
        }
        return value;
    }

    static long number(Map<String, AttributeValue> item, String name) {
        String value = require(item, name).n();
        if (value == null) {
            throw new StoreException("attribute " + name + " must be a number");
        }
        return Long.parseLong(value);
    }

    static byte[] binary(Map<String, AttributeValue> item, String name) {
        SdkBytes value = require(item, name).b();
        if (value == null) {
            throw new StoreException("attribute " + name + " must be binary");
        }
        return value.asByteArrayUnsafe();
    }

    static AttributeValue require(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new StoreException("attribute " + name + " is missing; the item has " + item.keySet());
        }
        return value;
    }
}
