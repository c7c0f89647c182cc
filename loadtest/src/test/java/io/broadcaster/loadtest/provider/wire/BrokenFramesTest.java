package io.broadcaster.loadtest.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client must not do, and what it hears then. */
final class BrokenFramesTest {
    private static final String HELLO = "SETTINGS streams=3";
    private static final String WINDOW = "WINDOW_UPDATE 0 983041";
    private static final String ACK = "SETTINGS ack";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "other preface, 504f5354202f20485454502f312e310d0a0d0a00000000000000, PROTOCOL_ERROR",
    })
    void read_noPreface_goAway(String what, String hex, String code) throws Exception {
        var peer = new Peer().feed(HexFormat.of().parseHex(hex));

        assertThat(peer.read()).as(what).containsExactly(HELLO, WINDOW, "GOAWAY 0 " + code);
        assertThat(peer.server.isOpen()).isFalse();
    }

    /** Type, flags, stream, payload: each after preface, SETTINGS and one request on stream 1 that is not ended. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "DATA on stream 0, 0, 0, 0, 00 PROTOCOL_ERROR",
        "DATA on an idle stream, 0, 0, 9, 00 PROTOCOL_ERROR",
        "DATA with too much padding, 0, 8, 1, 0500 PROTOCOL_ERROR",
        "DATA without its padding, 0, 8, 1, ' FRAME_SIZE_ERROR'",
        "HEADERS on stream 0, 1, 5, 0, 83 PROTOCOL_ERROR",
        "HEADERS on an even stream, 1, 5, 2, 83 PROTOCOL_ERROR",
        "HEADERS without priority, 1, 37, 3, 00 FRAME_SIZE_ERROR",
        "HEADERS that depend on themselves, 1, 37, 3, 000000030083 PROTOCOL_ERROR",
        "HEADERS with a broken block, 1, 5, 3, 80 COMPRESSION_ERROR",
        "PRIORITY on stream 0, 2, 0, 0, 0000000000 PROTOCOL_ERROR",
        "PRIORITY of 4 bytes, 2, 0, 1, 00000000 FRAME_SIZE_ERROR",
        "RST_STREAM on stream 0, 3, 0, 0, 00000000 PROTOCOL_ERROR",
        "RST_STREAM on an idle stream, 3, 0, 9, 00000000 PROTOCOL_ERROR",
        "RST_STREAM of 3 bytes, 3, 0, 1, 000000 FRAME_SIZE_ERROR",
        "SETTINGS on a stream, 4, 0, 1, ' PROTOCOL_ERROR'",
        "SETTINGS of 5 bytes, 4, 0, 0, 0000000000 FRAME_SIZE_ERROR",
        "SETTINGS ack with settings, 4, 1, 0, 000300000001 FRAME_SIZE_ERROR",
        "ENABLE_PUSH 2, 4, 0, 0, 000200000002 PROTOCOL_ERROR",
        "INITIAL_WINDOW_SIZE 2^31, 4, 0, 0, 000480000000 FLOW_CONTROL_ERROR",
        "MAX_FRAME_SIZE 16383, 4, 0, 0, 000500003fff PROTOCOL_ERROR",
        "PUSH_PROMISE, 5, 4, 1, 0000000283 PROTOCOL_ERROR",
        "PING on a stream, 6, 0, 1, 0000000000000000 PROTOCOL_ERROR",
        "PING of 7 bytes, 6, 0, 0, 00000000000000 FRAME_SIZE_ERROR",
        "GOAWAY on a stream, 7, 0, 1, 0000000000000000 PROTOCOL_ERROR",
        "WINDOW_UPDATE by 0, 8, 0, 0, 00000000 PROTOCOL_ERROR",
        "WINDOW_UPDATE of 5 bytes, 8, 0, 0, 0000000100 FRAME_SIZE_ERROR",
        "WINDOW_UPDATE on an idle stream, 8, 0, 9, 00000001 PROTOCOL_ERROR",
        "WINDOW_UPDATE past 2^31-1, 8, 0, 0, 7fffffff FLOW_CONTROL_ERROR",
        "CONTINUATION of nothing, 9, 4, 1, 83 PROTOCOL_ERROR",
    })
    void read_brokenFrame_goAwayWithItsCode(String what, int type, int flags, int stream, String hexAndCode)
            throws Exception {
        int space = hexAndCode.indexOf(' ');
        byte[] payload = HexFormat.of().parseHex(hexAndCode.substring(0, space));
        String code = hexAndCode.substring(space + 1);
        var peer = new Peer();
        peer.feed(Peer.session(frames -> frames.headers(1, Peer.post("/a"), false)
                .raw(type, flags, stream, payload)
                .data(1, "", true)));

        List<String> read = peer.read();
        int last = code.equals("COMPRESSION_ERROR") ? 3 : 1;
        assertThat(read).as(what).containsExactly(HELLO, WINDOW, ACK, "GOAWAY " + last + " " + code);
        assertThat(peer.endpoint.requests).isEmpty();
        assertThat(peer.server.isOpen()).isFalse();
    }

    /** Indexed: 83 POST, 87 https, 84 the path /; then literals. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no method, 8784",
        "no scheme, 8384",
        "no path, 8387",
        "empty path, 83870400",
        "two paths, 83878484",
        "two methods, 83838784",
        "unknown pseudo header, 83878400023a7800",
        "status, 83878488",
        "pseudo header after a regular one, 83879084",
        "upper case, 8387840001580179",
        "connection, 838784000a636f6e6e656374696f6e0178",
        "te other than trailers, 838784000274650178",
        "line break in a value, 8387840f08020d0a",
        "length that is not so, 8387840f0d0135",
    })
    void read_malformedHead_streamReset(String what, String hex) throws Exception {
        byte[] block = HexFormat.of().parseHex(hex);
        var peer = new Peer();
        peer.feed(Peer.session(frames -> frames.raw(Frame.HEADERS, Frame.END_HEADERS, 1, block)
                .data(1, "abc", true)
                .headers(3, Peer.post("/next"), true)));

        assertThat(peer.read())
                .as(what)
                .containsExactly(
                        HELLO,
                        WINDOW,
                        ACK,
                        "RST_STREAM 1 PROTOCOL_ERROR",
                        "HEADERS 3 :status=200 x-of=path",
                        "DATA 3 /next end");
        assertThat(peer.endpoint.requests).containsExactly("/next -   0");
    }
}
