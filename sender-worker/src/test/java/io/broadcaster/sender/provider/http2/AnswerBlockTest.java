package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Differential: what is taken at a glance must be what a full decoder reads, and must leave that decoder's table alone. */
final class AnswerBlockTest {
    private static final long SEED = 23;
    private static final String[] STATUSES = {"200", "200", "200", "204", "400", "404", "410", "429", "503", "100"};
    private static final String[] NAMES = {"apns-id", "content-type", "date", "x-trace", "server", "retry-after"};
    private final Random random = new Random(SEED);

    @Test
    void isPlainSuccess_tableOfZero_decoderSays200AndMissesNothing() throws Http2Exception {
        assertThat(compare(0)).isGreaterThan(500);
    }

    @Test
    void isPlainSuccess_tableInUse_decoderSays200AndMissesNothing() throws Http2Exception {
        assertThat(compare(4_096)).isPositive();
    }

    /** Answers how many were plain. {@code all} reads every block, {@code others} only those that are not plain. */
    private int compare(int tableBytes) throws Http2Exception {
        var encoder = new DefaultHttp2HeadersEncoder(sensitivity(), true);
        encoder.configuration().maxHeaderTableSize(tableBytes);
        var all = new DefaultHttp2HeadersDecoder(true, 16_384);
        var others = new DefaultHttp2HeadersDecoder(true, 16_384);
        int plain = 0;
        for (int round = 0; round < 5_000; round++) {
            Http2Headers head = randomHead();
            byte[] block = encode(encoder, head);
            boolean isPlain = isPlain(block);
            Http2Headers read = all.decodeHeaders(1, Unpooled.wrappedBuffer(block));
            assertThat(read).as("seed " + SEED).isEqualTo(head);
            if (isPlain) {
                plain++;
                assertThat(read.status()).hasToString("200");
            } else {
                assertThat(others.decodeHeaders(1, Unpooled.wrappedBuffer(block)))
                        .isEqualTo(head);
            }
            truncated(block, all);
        }
        return plain;
    }

    /** Any beginning that passes is one that a decoder reads as 200 as well: no block passes that ends within a field. */
    private static void truncated(byte[] block, DefaultHttp2HeadersDecoder decoder) throws Http2Exception {
        for (int length = 0; length < block.length; length++) {
            byte[] begin = Arrays.copyOf(block, length);
            if (isPlain(begin)) {
                assertThat(decoder.decodeHeaders(1, Unpooled.wrappedBuffer(begin))
                                .status())
                        .hasToString("200");
            }
        }
    }

    @Test
    void isPlainSuccess_randomBytes_neverReadsBeyondTheBlock() {
        for (int round = 0; round < 50_000; round++) {
            byte[] block = new byte[1 + random.nextInt(12)];
            random.nextBytes(block);
            block[0] = (byte) 0x88;
            // the array ends with the block: reading on would throw
            AnswerBlock.isPlainSuccess(block, 0, block.length);
        }
        assertThat(AnswerBlock.isPlainSuccess(new byte[] {(byte) 0x88}, 0, 0)).isFalse();
        assertThat(AnswerBlock.isPlainSuccess(new byte[] {0x20, (byte) 0x88}, 0, 2))
                .isFalse();
        assertThat(AnswerBlock.isPlainSuccess(new byte[] {0x20, (byte) 0x88}, 1, 1))
                .isTrue();
    }

    private Http2HeadersEncoder.SensitivityDetector sensitivity() {
        return (name, value) -> name.toString().equals("x-trace");
    }

    private Http2Headers randomHead() {
        var head = new DefaultHttp2Headers();
        head.status(STATUSES[random.nextInt(STATUSES.length)]);
        for (int fields = random.nextInt(4); fields > 0; fields--) {
            String value = "v".repeat(random.nextInt(8) == 0 ? 200 : random.nextInt(5)) + random.nextInt(1 << 20);
            head.add(NAMES[random.nextInt(NAMES.length)], value);
        }
        return head;
    }

    private static byte[] encode(DefaultHttp2HeadersEncoder encoder, Http2Headers head) throws Http2Exception {
        ByteBuf out = Unpooled.buffer();
        encoder.encodeHeaders(1, head, out);
        byte[] block = ByteBufUtil.getBytes(out);
        out.release();
        return block;
    }

    private static boolean isPlain(byte[] block) {
        return AnswerBlock.isPlainSuccess(block, 0, block.length);
    }
}
