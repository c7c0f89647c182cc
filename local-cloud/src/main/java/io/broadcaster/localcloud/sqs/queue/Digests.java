package io.broadcaster.localcloud.sqs.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that SQS prescribes, in lower-case hex. Any thread may call; each has its own digest objects. */
public final class Digests {
    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(() -> digest("MD5"));
    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    public static String md5Hex(byte[] bytes) {
        return HEX.formatHex(MD5.get().digest(bytes));
    }

    static String sha256Hex(String text) {
        return HEX.formatHex(digest("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
