package io.broadcaster.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A value that never prints: {@code toString} shows its length only. Immutable until {@link #wipe}, safe for any thread. */
public final class Secret {
    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value;
    }

    /** Wraps UTF-8 text. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the bytes themselves: nobody else may hold them. */
    public static Secret owning(byte[] bytes) {
        return new Secret(bytes);
    }

    /** The UTF-8 bytes, a fresh copy at each call. */
    public byte[] bytes() {
        return value.clone();
    }

    /** The text; keep it out of logs, errors and fields. */
    public String reveal() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** Its SHA-256 as hex digits: tells two secrets apart without keeping either. */
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Overwrites the value; it is of no use from then on. */
    public void wipe() {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[" + value.length + " bytes]";
    }
}
