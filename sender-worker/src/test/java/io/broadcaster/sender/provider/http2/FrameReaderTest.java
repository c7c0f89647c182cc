package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {
    private static final long SEED = 3;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void read_splitAtEveryByte_tellsTheSame() throws ProtocolException {
        everyFrame();
        byte[] bytes = sent.toByteArray();
        List<String> whole = read(bytes, bytes.length);

        assertThat(whole)
                .containsExactly(
                        "setting 3=1000",
                        "setting 4=4294967295",
                        "settings end",
                        "headers 1 0102 false",
                        "data 1 aabb of 2 false",
                        "data 1  of 0 true",
                        "headers 3 0102 true",
                        "headers 5 030405 true",
                        "headers 7 0607 false",
                        "data 7 aa of 5 true",
                        "headers 9 010203040506 true",
                        "reset 11 7",
                        "ping 72623859790382856 false",
                        "ping 72623859790382856 true",
                        "window 0 65535",
                        "window 13 1",
                        "go away 15 2");
        for (int first = 1; first < bytes.length; first++) {
            assertThat(read(bytes, first)).as("split at " + first).isEqualTo(whole);
        }
    }

    @Test
    void read_randomPieces_tellsTheSame() throws ProtocolException {
        for (int i = 0; i < 200; i++) {
            everyFrame();
            frame(Frames.DATA, 0, 1, new byte[Frames.PAYLOAD_MAX]);
        }
        byte[] bytes = sent.toByteArray();
        var told = new ToldFrames();
        var reader = new FrameReader(told);
        var random = new Random(SEED);
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(200_000));
            reader.read(Unpooled.wrappedBuffer(bytes, at, length));
            at += length;
        }
        assertThat(told.events).as("seed " + SEED).hasSize(200 * 18);
    }

    private void everyFrame() {
        frame(Frames.SETTINGS, 0, 0, bytes("0003000003e80004ffffffff"));
        frame(Frames.SETTINGS, Frames.ACK, 0, bytes(""));
        frame(Frames.HEADERS, Frames.END_HEADERS, 1, bytes("0102"));
        frame(Frames.DATA, 0, 1, bytes("aabb"));
        frame(Frames.DATA, Frames.END_STREAM, 1, bytes(""));
        frame((byte) 0x2a, 0xff, 1, bytes("00112233")); // an extension
        frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM | Frames.PADDED, 3, bytes("030102000000"));
        frame(Frames.PRIORITY, 0, 3, bytes("0000000110"));
        frame(
                Frames.HEADERS,
                Frames.END_HEADERS | Frames.END_STREAM | Frames.WITH_PRIORITY,
                5,
                bytes("0000000110030405"));
        frame(
                Frames.HEADERS,
                Frames.END_HEADERS | Frames.PADDED | Frames.WITH_PRIORITY,
                7,
                bytes("0200000001100607" + "0000"));
        frame(Frames.DATA, Frames.END_STREAM | Frames.PADDED, 7, bytes("03aa000000"));
        frame(Frames.HEADERS, Frames.END_STREAM | Frames.PADDED, 9, bytes("01010200"));
        frame(Frames.CONTINUATION, 0, 9, bytes("03"));
        frame(Frames.CONTINUATION, 0, 9, bytes(""));
        frame(Frames.CONTINUATION, Frames.END_HEADERS, 9, bytes("040506"));
        frame(Frames.RST_STREAM, 0, 11, bytes("00000007"));
        frame(Frames.PING, 0, 0, bytes("0102030405060708"));
        frame(Frames.PING, Frames.ACK, 0, bytes("0102030405060708"));
        frame(Frames.WINDOW_UPDATE, 0, 0, bytes("8000ffff")); // the reserved bit is to be ignored
        frame(Frames.WINDOW_UPDATE, 0, 13, bytes("00000001"));
        frame(Frames.GOAWAY, 0, 0, bytes("8000000f00000002" + "6279"));
    }

    @Test
    void read_paddingOnly_isEmpty() throws ProtocolException {
        frame(Frames.DATA, Frames.PADDED, 1, bytes("020000"));
        frame(Frames.HEADERS, Frames.PADDED | Frames.END_HEADERS, 1, bytes("00"));

        assertThat(read(sent.toByteArray(), 1)).containsExactly("data 1  of 3 false", "headers 1  false");
    }

    @Test
    void read_paddingBeyondTheFrame_isRefused() {
        refused(ProtocolException.PROTOCOL_ERROR, Frames.DATA, Frames.PADDED, 1, "03aabb");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.DATA, Frames.PADDED, 1, "");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.HEADERS, Frames.PADDED | Frames.END_HEADERS, 1, "02aa");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.HEADERS, Frames.PADDED, 1, "");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.HEADERS, Frames.WITH_PRIORITY, 1, "01020304");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.HEADERS, 0x28, 1, "010102030405");
    }

    @Test
    void read_wrongStream_isRefused() {
        refused(ProtocolException.PROTOCOL_ERROR, Frames.DATA, 0, 0, "aa");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.HEADERS, Frames.END_HEADERS, 0, "88");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.RST_STREAM, 0, 0, "00000000");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.SETTINGS, 0, 1, "");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.PING, 0, 1, "0102030405060708");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.GOAWAY, 0, 1, "0102030405060708");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.PUSH_PROMISE, 0, 1, "00000002");
        refused(ProtocolException.PROTOCOL_ERROR, Frames.CONTINUATION, 0, 1, "88");
    }

    @Test
    void read_wrongSize_isRefused() {
        refused(ProtocolException.FRAME_SIZE_ERROR, Frames.RST_STREAM, 0, 1, "0000000000");
        refused(ProtocolException.FRAME_SIZE_ERROR, Frames.SETTINGS, 0, 0, "00010000");
        refused(ProtocolException.FRAME_SIZE_ERROR, Frames.SETTINGS, Frames.ACK, 0, "000100000000");
        refused(ProtocolException.FRAME_SIZE_ERROR, Frames.PING, 0, 0, "01");
        refused(ProtocolException.FRAME_SIZE_ERROR, Frames.GOAWAY, 0, 0, "01020304050607");
        refused(ProtocolException.FRAME_SIZE_ERROR, Frames.WINDOW_UPDATE, 0, 0, "000001");
    }

    @Test
    void read_oversizeFrame_isRefusedByItsHead() {
        byte[] head = new byte[Frames.HEAD];
        Frames.head(head, 0, Frames.PAYLOAD_MAX + 1, Frames.DATA, 0, 1);

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read(head, head.length))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.FRAME_SIZE_ERROR));
    }

    @Test
    void read_interruptedBlock_isRefused() {
        for (byte type : new byte[] {Frames.DATA, Frames.PING, Frames.SETTINGS, Frames.HEADERS, 0x2a}) {
            sent.reset();
            frame(Frames.HEADERS, 0, 1, bytes("88"));
            refused(ProtocolException.PROTOCOL_ERROR, type, 0, 1, "88");
        }
        sent.reset();
        frame(Frames.HEADERS, 0, 1, bytes("88"));
        refused(ProtocolException.PROTOCOL_ERROR, Frames.CONTINUATION, Frames.END_HEADERS, 3, "88");
    }

    @Test
    void read_blockOverTheBound_isRefused() {
        frame(Frames.HEADERS, 0, 1, new byte[Frames.PAYLOAD_MAX]);
        for (int i = 1; i < FrameReader.BLOCK_MAX / Frames.PAYLOAD_MAX; i++) {
            frame(Frames.CONTINUATION, 0, 1, new byte[Frames.PAYLOAD_MAX]);
        }
        refused(ProtocolException.PROTOCOL_ERROR, Frames.CONTINUATION, Frames.END_HEADERS, 1, "00");
    }

    private void refused(int code, byte type, int flags, int stream, String payload) {
        frame(type, flags, stream, bytes(payload));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read(sent.toByteArray(), sent.size()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        sent.reset();
    }

    private void frame(byte type, int flags, int stream, byte[] payload) {
        byte[] head = new byte[Frames.HEAD];
        Frames.head(head, 0, payload.length, type, flags, stream);
        sent.writeBytes(head);
        sent.writeBytes(payload);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static List<String> read(byte[] bytes, int first) throws ProtocolException {
        var told = new ToldFrames();
        var reader = new FrameReader(told);
        reader.read(Unpooled.wrappedBuffer(bytes, 0, first));
        reader.read(Unpooled.wrappedBuffer(bytes, first, bytes.length - first));
        return told.events;
    }
}
