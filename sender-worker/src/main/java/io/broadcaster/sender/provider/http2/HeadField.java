package io.broadcaster.sender.provider.http2;

import java.nio.charset.StandardCharsets;

/**
 * One field of a request's head, in lower case. {@code own} says what of the device ends its value; such fields, and those
 * that are not {@code indexed}, never enter the connection's table.
 */
public record HeadField(String name, String value, Own own, boolean indexed) {
    /** What a device adds to the end of a value. */
    public enum Own {
        NOTHING,
        /** Its token as text. */
        TOKEN,
        /** Its notification id as a UUID. */
        NOTIFICATION_ID
    }

    /** The same for every request of a launch. */
    public static HeadField shared(String name, String value) {
        return new HeadField(name, value, Own.NOTHING, true);
    }

    /** The same for many requests, but kept out of the peer's table. */
    public static HeadField literal(String name, String value) {
        return new HeadField(name, value, Own.NOTHING, false);
    }

    /** Ends with something of the device. */
    public static HeadField own(String name, String prefix, Own own) {
        return new HeadField(name, prefix, own, false);
    }

    /** What it counts in a table (RFC 7541, section 4.1). */
    int tableSize() {
        return name.length() + value.getBytes(StandardCharsets.UTF_8).length + 32;
    }

    @Override
    public String toString() {
        return "HeadField[" + name + "]"; // values may be secret
    }
}
