package io.broadcaster.localcloud.sqs.http;

import io.broadcaster.localcloud.sqs.queue.Digests;
import io.broadcaster.localcloud.sqs.queue.MessageAttribute;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The MD5 of message attributes that the SDK checks (SQS developer guide, calculating the MD5 message digest). */
final class AttributeDigest {
    private static final int TEXT = 1;
    private static final int BINARY = 2;

    private AttributeDigest() {}

    static String md5Hex(Map<String, MessageAttribute> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TreeMap<>(attributes).forEach((name, attribute) -> {
            write(out, name.getBytes(StandardCharsets.UTF_8));
            write(out, attribute.type().getBytes(StandardCharsets.UTF_8));
            out.write(attribute.isBinary() ? BINARY : TEXT);
            write(out, valueBytes(attribute));
        });
        return Digests.md5Hex(out.toByteArray());
    }

    static byte[] valueBytes(MessageAttribute attribute) {
        return attribute.isBinary()
                ? Base64.getDecoder().decode(attribute.value())
                : attribute.value().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }
}
