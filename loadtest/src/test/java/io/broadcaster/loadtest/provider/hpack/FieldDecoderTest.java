package io.broadcaster.loadtest.provider.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldDecoderTest {
    private static final int TABLE = 4_096;
    private static final FieldNames NAMES =
            FieldNames.of(List.of("authorization", "apns-topic", "apns-id", "content-type"), List.of("apns-id"));

    /** Writes down what it is told; a field that nobody reads is told by its name's number only. */
    private static final class Told implements FieldSink {
        private final List<String> lines = new ArrayList<>();
        private final List<HeaderField> fields = new ArrayList<>();

        @Override
        public void field(HeaderField field) {
            fields.add(field);
            lines.add(line(new String(field.nameBytes(), StandardCharsets.ISO_8859_1), field.text()));
        }

        @Override
        public void slice(int name, byte[] bytes, int from, int length) {
            lines.add(line(
                    new String(NAMES.bytes(name), StandardCharsets.ISO_8859_1),
                    new String(bytes, from, length, StandardCharsets.ISO_8859_1)));
        }

        @Override
        public void unread(int name) {
            lines.add("unread " + name);
        }

        private static String line(String name, String value) {
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            int index = NAMES.indexOf(bytes, 0, bytes.length);
            return index < 0 ? "unread " + index : name + "=" + value;
        }
    }

    @Test
    void decode_whatNettyEncodes_sameFields() throws Exception {
        for (long seed = 1; seed <= 60; seed++) {
            var random = new SplittableRandom(seed);
            var encoder = new DefaultHttp2HeadersEncoder(
                    (name, value) -> value.length() % 5 == 4, false, 16, random.nextInt(3) * 20);
            var decoder = new FieldDecoder(NAMES, TABLE);
            for (int block = 0; block < 200; block++) {
                if (random.nextInt(20) == 0) {
                    encoder.configuration().maxHeaderTableSize(random.nextInt(TABLE + 1));
                }
                Http2Headers headers = headers(random);
                ByteBuf out = Unpooled.buffer();
                encoder.encodeHeaders(1, headers, out);
                var told = new Told();

                int from = random.nextInt(4);
                byte[] bytes = new byte[from + out.readableBytes() + 3];
                int end = from + out.readableBytes();
                out.readBytes(bytes, from, end - from);
                decoder.decode(bytes, from, end, told);

                var expected = new ArrayList<String>();
                headers.forEach(header -> expected.add(
                        Told.line(header.getKey().toString(), header.getValue().toString())));
                assertThat(told.lines).as("seed %d block %d", seed, block).isEqualTo(expected);
            }
        }
    }

    @Test
    void decode_literalThatRepeats_sameObjectEvenIfHuffmanCoded() throws Exception {
        var decoder = new FieldDecoder(NAMES, TABLE);
        byte[] plain = HexFormat.of().parseHex("0f0805" + "6162636465");
        byte[] huffman = HexFormat.of().parseHex("0f0885" + "1c6490b2ff"); // abcdef
        var told = new Told();
        decoder.decode(plain, 0, plain.length, told);
        decoder.decode(plain, 0, plain.length, told);
        decoder.decode(huffman, 0, huffman.length, told);
        decoder.decode(huffman, 0, huffman.length, told);

        assertThat(told.fields.get(1)).isSameAs(told.fields.get(0));
        assertThat(told.fields.get(2)).isNotSameAs(told.fields.get(0));
        assertThat(told.fields.get(3)).isSameAs(told.fields.get(2));
        assertThat(decoder.listSize())
                .isEqualTo(32
                        + "authorization".length()
                        + told.fields.get(3).text().length());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "index 0, 80",
        "index past the table, be",
        "name past the table, 7e0161",
        "block ends within a number, 7f",
        "number without end, ffffffffffffffffff",
        "number of more than 31 bits, ffffffffff0f",
        "text longer than the block, 0f080561",
        "table larger than granted, 3fe2ff7f",
        "table size behind a field, 8320",
        "Huffman padding of zeroes, 0f088100",
        "Huffman padding of eight bits, 0f0882ffff",
        "Huffman end of string, 0f0884ffffffff",
    })
    void decode_brokenBlock_fault(String what, String hex) {
        byte[] block = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> new FieldDecoder(NAMES, TABLE).decode(block, 0, block.length, new Told()))
                .as(what)
                .isInstanceOf(HpackFault.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Accept, malformed",
        ":status, malformed",
        ":other, malformed",
        "connection, malformed",
        "transfer-encoding, malformed",
        "'a b', malformed",
        "accept, other",
        "apns-topic, wanted",
    })
    void indexOf_name_byItsLawfulness(String name, String expected) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        int index = NAMES.indexOf(bytes, 0, bytes.length);

        assertThat(index == FieldNames.MALFORMED ? "malformed" : index == FieldNames.OTHER ? "other" : "wanted")
                .isEqualTo(expected);
    }

    private static Http2Headers headers(SplittableRandom random) {
        var headers = new DefaultHttp2Headers(false);
        headers.add(":method", random.nextBoolean() ? "POST" : "GET");
        headers.add(":scheme", "https");
        headers.add(":path", "/3/device/" + text(random, 1 + random.nextInt(80)));
        for (int i = random.nextInt(8); i > 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> headers.add("authorization", "bearer " + text(random, random.nextInt(3) * 100));
                case 1 -> headers.add("apns-topic", "topic" + random.nextInt(3));
                case 2 -> headers.add("apns-id", text(random, 36));
                case 3 -> headers.add("content-type", "application/json");
                case 4 -> headers.add("x-" + random.nextInt(50), text(random, random.nextInt(300)));
                default -> headers.add("cookie", text(random, 1_500 * random.nextInt(2)));
            }
        }
        return headers;
    }

    private static String text(SplittableRandom random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(10) == 0 ? 0x80 + random.nextInt(0x80) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
