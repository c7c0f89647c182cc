package io.broadcaster.config;

import java.nio.charset.StandardCharsets;

/** A value that never prints: {@code toString} shows its length only. Immutable, safe for any thread. */
public final class Secret {
    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value;
    }

    /** Wraps UTF-8 text. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The UTF-8 bytes, a fresh copy at each call. */
    public byte[] bytes() {
        return value.clone();
    }

    /** The text; keep it out of logs, errors and fields. */
    public String reveal() {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret[" + value.length + " bytes]";
    }
}
