package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.sender.provider.http2.HeadField.Own;
import io.broadcaster.testkit.Fixtures;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every image, with its table, as Netty's decoder reads it at the other end. */
final class RequestImageTest {
    private static final long SEED = 5;
    private static final LaunchId LAUNCH = Fixtures.launchFacts().id();

    private final Random random = new Random(SEED);
    private final RequestImages images = new RequestImages();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(true, 1 << 20);
    private int stream = 1;
    private int lastHeadLength;

    @BeforeEach
    void peerAllowsAllSizes() throws Http2Exception {
        decoder.configuration().maxHeaderTableSize(4_096);
    }

    @Test
    void write_tokenLengths_readsBackEach() throws Http2Exception {
        RequestForm apns = apns("k1", 3);
        RequestForm fcm = fcm("k1");
        for (int round = 0; round < 3; round++) {
            for (int length : new int[] {0, 1, 31, 32, 33, 60, 63, 64, 100, 127, 128, 256, 512}) {
                check(apns, length);
                check(fcm, length);
            }
        }
    }

    @Test
    void write_twice_isShorterByTheTable() throws Http2Exception {
        RequestForm form = apns("k1", 3);
        check(form, 32);
        int first = lastHeadLength;
        check(form, 32);
        int second = lastHeadLength;
        check(form, 32);

        assertThat(second).isLessThan(first);
        assertThat(lastHeadLength).isEqualTo(second);
    }

    @Test
    void write_manyLargeForms_evictsAsThePeerDoes() throws Http2Exception {
        var forms = new RequestForm[40]; // more than the images keep, and than the table holds
        for (int i = 0; i < forms.length; i++) {
            forms[i] = i % 2 == 0 ? apns("k".repeat(1 + 17 * i), 1 + i % 5) : fcm("q".repeat(1 + 11 * i));
        }
        for (int round = 0; round < 2_000; round++) {
            check(forms[random.nextInt(forms.length)], 1 + random.nextInt(100));
        }
    }

    @Test
    void write_fieldLargerThanTheTable_isNotIndexed() throws Http2Exception {
        RequestForm large = apns("x".repeat(5_000), 2);
        check(large, 32);
        check(apns("k1", 2), 32);
        check(large, 32);
    }

    @Test
    void resize_toZeroAndBack_thePeerFollows() throws Http2Exception {
        RequestForm form = apns("k1", 3);
        check(form, 32);
        resize(0);
        check(form, 32);
        check(form, 32);
        resize(4_096);
        check(form, 32);
        check(form, 32);
        // both between two heads: the smallest has to be told too
        images.resize(0);
        resize(4_096);
        check(form, 32);
        check(form, 32);
    }

    @Test
    void resize_randomly_thePeerFollows() throws Http2Exception {
        RequestForm[] forms = {apns("k1", 3), apns("k2", 5), fcm("q1"), apns("k".repeat(300), 2)};
        for (int round = 0; round < 3_000; round++) {
            if (random.nextInt(5) == 0) {
                int times = 1 + random.nextInt(3);
                for (int i = 0; i < times; i++) {
                    resize(random.nextInt(4) == 0 ? 0 : random.nextInt(6_000));
                }
            }
            check(forms[random.nextInt(forms.length)], 32);
        }
    }

    /** The peer's SETTINGS, which its decoder holds us to. */
    private void resize(int bytes) throws Http2Exception {
        decoder.configuration().maxHeaderTableSize(bytes);
        images.resize(bytes);
    }

    private void check(RequestForm form, int tokenLength) throws Http2Exception {
        byte[] token = new byte[512];
        random.nextBytes(token);
        if (!form.hexToken()) {
            for (int i = 0; i < token.length; i++) {
                token[i] = (byte) ('a' + Math.floorMod(token[i], 26));
            }
        }
        long ordinal = random.nextLong(1L << 50);
        RequestImage image = images.next(form, tokenLength);
        byte[] out = new byte[image.length() + 7];
        image.write(out, 7, stream, token, ordinal);
        lastHeadLength = image.headLength();
        read(form, out, tokenLength, token, ordinal);
        stream += 2;
    }

    private void read(RequestForm form, byte[] out, int tokenLength, byte[] token, long ordinal) throws Http2Exception {
        int headers = (int) Frames.INT.get(out, 7) >>> 8;
        assertThat(out[10]).isEqualTo(Frames.HEADERS);
        assertThat(out[11]).isEqualTo((byte) Frames.END_HEADERS);
        assertThat((int) Frames.INT.get(out, 12)).isEqualTo(stream);
        int dataAt = 7 + Frames.HEAD + headers;
        int data = (int) Frames.INT.get(out, dataAt) >>> 8;
        assertThat(out[dataAt + 3]).isEqualTo(Frames.DATA);
        assertThat(out[dataAt + 4]).isEqualTo((byte) Frames.END_STREAM);
        assertThat((int) Frames.INT.get(out, dataAt + 5)).isEqualTo(stream);
        assertThat(dataAt + Frames.HEAD + data).isEqualTo(out.length);

        Http2Headers head = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(out, 7 + Frames.HEAD, headers));
        String text = form.hexToken()
                ? HexFormat.of().formatHex(token, 0, tokenLength)
                : new String(token, 0, tokenLength, StandardCharsets.US_ASCII);
        assertThat(head).as("seed " + SEED).hasSize(form.head().size());
        for (HeadField field : form.head()) {
            String own = switch (field.own()) {
                case NOTHING -> "";
                case TOKEN -> text;
                case NOTIFICATION_ID -> LAUNCH.notificationId(ordinal).toString();
            };
            assertThat(String.valueOf(head.get(field.name()))).isEqualTo(field.value() + own);
        }
        String body = new String(out, dataAt + Frames.HEAD, data, StandardCharsets.UTF_8);
        assertThat(body).isEqualTo(form.hexToken() ? "{\"aps\":1}" : "{\"token\":\"" + text + "\"}");
    }

    private static RequestForm apns(String key, int fields) {
        var head = new ArrayList<HeadField>();
        head.add(HeadField.shared(":method", "POST"));
        head.add(HeadField.shared(":scheme", "https"));
        head.add(HeadField.shared(":authority", "localhost:1"));
        head.add(HeadField.own(":path", "/3/device/", Own.TOKEN));
        head.add(HeadField.literal("authorization", "bearer " + key));
        for (int i = 0; i < fields; i++) {
            head.add(HeadField.shared("apns-" + i, key + i));
        }
        head.add(HeadField.own("apns-id", "", Own.NOTIFICATION_ID));
        return RequestForm.tokenInHead(head, "{\"aps\":1}", LAUNCH);
    }

    private static RequestForm fcm(String key) {
        List<HeadField> head = List.of(
                HeadField.shared(":method", "POST"),
                HeadField.shared(":scheme", "https"),
                HeadField.shared(":authority", "localhost:2"),
                HeadField.shared(":path", "/v1/projects/demo/messages:send"),
                HeadField.shared("authorization", "Bearer " + key),
                HeadField.shared("content-type", "application/json"));
        return RequestForm.tokenInBody(head, "{\"token\":\"", "\"}", LAUNCH);
    }
}
