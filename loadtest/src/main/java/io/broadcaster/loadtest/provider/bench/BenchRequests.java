package io.broadcaster.loadtest.provider.bench;

import io.broadcaster.campaign.Platform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A client's bytes: a round of requests as a fast sender writes them, made once; for every further round only stream
 * numbers, tokens and ids are overwritten. Confined to one thread.
 */
final class BenchRequests {
    private static final String HEX = "0123456789abcdef";
    private static final String TOKEN_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int IOS_TOKEN = 64;
    private static final int ANDROID_TOKEN = 163;
    private static final int COLON = 22;
    private static final int ID = 36;
    private static final int FRAME_HEADER = 9;

    private final Platform platform;
    private final SplittableRandom random = new SplittableRandom(7);
    private final byte[] bytes;
    private final int requestBytes;
    private final int count;
    private final int dataHeader;
    private final int token;
    private final int id;
    private final byte[] first;
    private int stream = 1;

    /** Rounds of {@code count} requests under this authorization. */
    BenchRequests(Platform platform, String authorization, int count) {
        this.platform = platform;
        this.count = count;
        var one = new ByteArrayOutputStream();
        first = request(authorization, true);
        byte[] later = request(authorization, false);
        one.writeBytes(later);
        dataHeader = later.length - body().length - FRAME_HEADER;
        requestBytes = one.size();
        String text = one.toString(StandardCharsets.ISO_8859_1);
        token = text.indexOf("#");
        id = text.indexOf("%");
        bytes = new byte[count * requestBytes];
        for (int i = 0; i < count; i++) {
            System.arraycopy(one.toByteArray(), 0, bytes, i * requestBytes, requestBytes);
        }
    }

    /** What comes before the first round: preface, wide windows, and a request with the fields that the rounds refer to. */
    byte[] opening() {
        var out = new ByteArrayOutputStream();
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(out, new byte[] {0, 4, 0x3f, (byte) 0xff, (byte) 0xff, (byte) 0xff}, 4, 0);
        frame(out, new byte[] {0x7f, (byte) 0xfe, 0, 0}, 8, 0);
        out.writeBytes(first);
        return out.toByteArray();
    }

    /** The next round. */
    byte[] next() {
        for (int i = 0; i < count; i++) {
            int at = i * requestBytes;
            number(at + 5, 2 * stream + 1);
            number(at + dataHeader + 5, 2 * stream + 1);
            stream++;
            switch (platform) {
                case IOS -> {
                    text(at + token, IOS_TOKEN, HEX);
                    bytes[at + token] = '1'; // neither dead nor bad
                    text(at + id, ID, HEX);
                    for (int dash = 8; dash <= 23; dash += 5) {
                        bytes[at + id + dash] = '-';
                    }
                }
                case ANDROID -> {
                    text(at + token, ANDROID_TOKEN, TOKEN_CHARACTERS);
                    bytes[at + token + COLON] = ':';
                    bytes[at + token + COLON + 1] = 'A';
                }
            }
        }
        return bytes;
    }

    int requestBytes() {
        return requestBytes;
    }

    /** One request on stream 1; the {@code first} puts what repeats into the table, the others refer to it. */
    private byte[] request(String authorization, boolean isFirst) {
        var out = new ByteArrayOutputStream();
        byte[] block = isFirst ? firstBlock(authorization) : block(authorization);
        frame(out, block, 1, 0x4);
        frame(out, body(), 0, 0x1);
        byte[] request = out.toByteArray();
        request[8] = 1;
        request[FRAME_HEADER + block.length + 8] = 1;
        return isFirst
                ? new String(request, StandardCharsets.ISO_8859_1)
                        .replace('#', '1')
                        .replace("%".repeat(ID), "00000000-0000-0000-0000-000000000000")
                        .getBytes(StandardCharsets.ISO_8859_1)
                : request;
    }

    private byte[] block(String authorization) {
        var out = new ByteArrayOutputStream();
        out.write(0x83);
        out.write(0x87);
        switch (platform) {
            case IOS -> {
                literal(out, 4, "/3/device/" + "#".repeat(IOS_TOKEN));
                out.write(0x80 | 67);
                literal(out, 23, authorization);
                for (int index = 66; index >= 62; index--) {
                    out.write(0x80 | index);
                }
                out.write(0);
                value(out, "apns-id");
                value(out, "%".repeat(ID));
            }
            case ANDROID -> {
                literal(out, 4, "/v1/projects/broadcaster-demo/messages:send");
                out.write(0x80 | 63);
                literal(out, 23, authorization);
                out.write(0x80 | 62);
            }
        }
        return out.toByteArray();
    }

    private byte[] firstBlock(String authorization) {
        var out = new ByteArrayOutputStream();
        out.write(0x83);
        out.write(0x87);
        switch (platform) {
            case IOS -> {
                literal(out, 4, "/3/device/" + "#".repeat(IOS_TOKEN));
                entry(out, ":authority", "localhost");
                literal(out, 23, authorization);
                entry(out, "apns-topic", "io.broadcaster.demo");
                entry(out, "apns-push-type", "alert");
                entry(out, "apns-priority", "10");
                entry(out, "apns-expiration", "1893456000");
                entry(out, "apns-collapse-id", "00112233445566778899aabbccddeeff");
            }
            case ANDROID -> {
                literal(out, 4, "/v1/projects/broadcaster-demo/messages:send");
                entry(out, ":authority", "localhost");
                literal(out, 23, authorization);
                entry(out, "content-type", "application/json");
            }
        }
        return out.toByteArray();
    }

    private byte[] body() {
        String text = switch (platform) {
            case IOS ->
                "{\"aps\":{\"alert\":{\"title\":\"Half-time\",\"body\":\"" + "Come and see. ".repeat(9) + "\"}}}";
            case ANDROID ->
                "{\"message\":{\"token\":\"" + "#".repeat(ANDROID_TOKEN)
                        + "\",\"notification\":{\"title\":\"Half-time\",\"body\":\"" + "Come and see. ".repeat(4)
                        + "\"},\"android\":{\"collapse_key\":\"00112233445566778899aabbccddeeff\",\"ttl\":\"3600s\","
                        + "\"notification\":{\"tag\":\"00112233445566778899aabbccddeeff\"}}}}";
        };
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void text(int at, int length, String characters) {
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) characters.charAt(random.nextInt(characters.length()));
        }
    }

    private void number(int at, int number) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (number >>> (24 - 8 * i));
        }
    }

    /** A literal without indexing whose name is in the static table. */
    private static void literal(ByteArrayOutputStream out, int name, String value) {
        integer(out, name, 0x0f);
        value(out, value);
    }

    /** A literal that goes into the table. */
    private static void entry(ByteArrayOutputStream out, String name, String value) {
        out.write(0x40);
        value(out, name);
        value(out, value);
    }

    private static void value(ByteArrayOutputStream out, String text) {
        integer(out, text.length(), 0x7f);
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void integer(ByteArrayOutputStream out, int value, int mask) {
        if (value < mask) {
            out.write(value);
            return;
        }
        out.write(mask);
        int rest = value - mask;
        for (; rest >= 0x80; rest >>>= 7) {
            out.write(0x80 | (rest & 0x7f));
        }
        out.write(rest);
    }

    private static void frame(ByteArrayOutputStream out, byte[] payload, int type, int flags) {
        byte[] header = new byte[FRAME_HEADER];
        header[0] = (byte) (payload.length >>> 16);
        header[1] = (byte) (payload.length >>> 8);
        header[2] = (byte) payload.length;
        header[3] = (byte) type;
        header[4] = (byte) flags;
        out.writeBytes(header);
        out.writeBytes(payload);
    }
}
