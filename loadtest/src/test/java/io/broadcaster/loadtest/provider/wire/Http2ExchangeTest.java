package io.broadcaster.loadtest.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class Http2ExchangeTest {
    private static final String HELLO = "SETTINGS streams=3";
    private static final String WINDOW = "WINDOW_UPDATE 0 983041";
    private static final String ACK = "SETTINGS ack";

    /** A session with everything that clients do, in order. */
    private static void everything(Peer.FrameSink frames) {
        frames.headers(1, Peer.post("/a").set("x-kind", "alert").set("x-id", "one"), false);
        frames.data(1, "body-1", true);
        frames.headers(3, Peer.post("/b").set("x-kind", "alert"), false);
        frames.headers(5, Peer.post("/c").set("x-kind", "silent").set("x-id", "three"), false);
        frames.data(3, "body", 7, false);
        frames.data(5, "", true);
        frames.raw(Frame.PING, 0, 0, "12345678".getBytes(StandardCharsets.US_ASCII));
        frames.data(3, "-2", 0, true);
        frames.headers(7, Peer.post("/d").set("x-kind", "x".repeat(20_000)), true); // needs a CONTINUATION
        frames.headers(9, Peer.post("/e").set("x-kind", "alert"), false);
        frames.data(9, "e", false);
        frames.headers(9, new DefaultHttp2Headers().set("x-trailer", "t"), true);
        frames.raw(0x42, 0xff, 11, new byte[20]);
        frames.raw(Frame.PRIORITY, 0, 11, new byte[5]);
        frames.headers(11, Peer.post("/f"), true);
    }

    @Test
    void read_everythingAtOnce_everyRequestJudgedOnceAndAnswered() throws Exception {
        var peer = new Peer(100);
        peer.feed(Peer.session(Http2ExchangeTest::everything));

        assertThat(peer.endpoint.requests)
                .containsExactly(
                        "/a alert one body-1 6",
                        "/c silent three  0",
                        "/b alert  body-2 6",
                        "/e alert  e 1",
                        "/f -   0");
        assertThat(peer.read())
                .containsExactly(
                        "SETTINGS streams=100",
                        WINDOW,
                        ACK,
                        "PING ack 3544952156018063160",
                        "RST_STREAM 7 PROTOCOL_ERROR",
                        "HEADERS 1 :status=200 x-id=one end",
                        "HEADERS 5 :status=200 x-id=three end",
                        "HEADERS 3 :status=200 x-of=path",
                        "DATA 3 /b end",
                        "HEADERS 9 :status=200 x-of=path",
                        "DATA 9 /e end",
                        "HEADERS 11 :status=200 x-of=path",
                        "DATA 11 /f end");
    }

    @Test
    void read_splitAtEveryByte_sameRequestsAndSameAnswers() throws Exception {
        byte[] session = Peer.session(Http2ExchangeTest::everything);
        var whole = new Peer(100).feed(session);
        List<String> answers = whole.read().stream().sorted().toList();
        for (int split = 0; split <= session.length; split++) {
            if (split > 2_000 && split < session.length - 1_000) {
                continue; // within the text of 20,000 letters: nothing changes
            }
            var peer = new Peer(100);
            peer.feed(Arrays.copyOf(session, split));
            peer.feed(Arrays.copyOfRange(session, split, session.length));

            assertThat(peer.endpoint.requests).as("split at %d", split).isEqualTo(whole.endpoint.requests);
            assertThat(peer.read().stream().sorted()).as("split at %d", split).isEqualTo(answers);
        }
    }

    @Test
    void read_byteByByte_sameRequests() throws Exception {
        byte[] session = Peer.session(Http2ExchangeTest::everything);
        var whole = new Peer(100).feed(session);
        var peer = new Peer(100);
        for (byte b : session) {
            peer.feed(new byte[] {b});
        }

        assertThat(peer.endpoint.requests).isEqualTo(whole.endpoint.requests);
        assertThat(peer.read().stream().sorted())
                .isEqualTo(whole.read().stream().sorted().toList());
    }

    @Test
    void read_moreStreamsThanGranted_refusedAndTheirDataPassedOver() throws Exception {
        var peer = new Peer();
        peer.feed(Peer.session(frames -> {
            for (int stream = 1; stream <= 9; stream += 2) {
                frames.headers(stream, Peer.post("/" + stream).set("x-id", "i" + stream), false);
            }
            for (int stream = 1; stream <= 9; stream += 2) {
                frames.data(stream, "d", true);
            }
            frames.headers(11, Peer.post("/11").set("x-id", "i11"), true);
        }));

        assertThat(peer.read())
                .containsExactly(
                        HELLO,
                        WINDOW,
                        ACK,
                        "RST_STREAM 7 REFUSED_STREAM",
                        "RST_STREAM 9 REFUSED_STREAM",
                        "RST_STREAM 11 REFUSED_STREAM",
                        "HEADERS 1 :status=200 x-id=i1 end",
                        "HEADERS 3 :status=200 x-id=i3 end",
                        "HEADERS 5 :status=200 x-id=i5 end");
        peer.feed(Peer.bytes(
                frames -> frames.raw(Frame.HEADERS, 5, 13, HexFormat.of().parseHex("838784"))));
        assertThat(peer.read()).containsExactly("HEADERS 13 :status=200 x-of=path", "DATA 13 / end");
    }

    @Test
    void read_dataAfterTheEnd_streamClosed() throws Exception {
        var peer = new Peer();
        peer.feed(
                Peer.session(frames -> frames.headers(1, Peer.post("/a"), true).data(1, "x", true)));

        assertThat(peer.read()).contains("RST_STREAM 1 STREAM_CLOSED");
    }

    @Test
    void release_answerTime_heldUntilDueAndSkippedWhenReset() throws Exception {
        var peer = new Peer();
        peer.endpoint.answerNanos = TimeUnit.MILLISECONDS.toNanos(50);
        peer.feed(Peer.session(frames -> frames.headers(1, Peer.post("/a"), true)
                .headers(3, Peer.post("/b"), true)
                .headers(5, Peer.post("/c"), true)
                .raw(Frame.RST_STREAM, 0, 3, new byte[4])));
        assertThat(peer.read()).containsExactly(HELLO, WINDOW, ACK);

        peer.pass(49);
        assertThat(peer.read()).isEmpty();
        peer.pass(3);
        assertThat(peer.read())
                .containsExactly(
                        "HEADERS 1 :status=200 x-of=path",
                        "DATA 1 /a end",
                        "HEADERS 5 :status=200 x-of=path",
                        "DATA 5 /c end");
        peer.feed(Peer.bytes(
                frames -> frames.raw(Frame.HEADERS, 5, 7, HexFormat.of().parseHex("838784"))
                        .raw(Frame.HEADERS, 5, 9, HexFormat.of().parseHex("838784"))
                        .raw(Frame.HEADERS, 5, 11, HexFormat.of().parseHex("838784"))));
        assertThat(peer.read()).as("every stream is free again").isEmpty();
    }

    @Test
    void release_manyRuns_allLeaveInOrder() throws Exception {
        var peer = new Peer();
        peer.endpoint.answerNanos = TimeUnit.MILLISECONDS.toNanos(50);
        peer.feed(Peer.session(frames -> {}));
        peer.read();
        int answered = 0;
        for (int stream = 1; stream < 4_000; stream += 2) {
            int one = stream;
            peer.feed(Peer.bytes(
                    frames -> frames.raw(Frame.HEADERS, 5, one, HexFormat.of().parseHex("838784"))));
            peer.pass(18);
            for (String line : peer.read()) {
                if (line.startsWith("DATA")) {
                    assertThat(line).isEqualTo("DATA " + (2 * answered + 1) + " / end");
                    answered++;
                }
            }
        }
        assertThat(answered).isGreaterThan(1_990);
        assertThat(peer.endpoint.requests).hasSize(2_000);
    }

    @Test
    void release_smallWindows_bodiesInPiecesAsTheWindowsOpen() throws Exception {
        var peer = new Peer();
        peer.feed(Peer.bytes(frames -> frames.preface()
                .settings(new Http2Settings().initialWindowSize(3))
                .headers(1, Peer.post("/12345"), true)
                .headers(3, Peer.post("/x"), true)));
        assertThat(peer.read())
                .containsExactly(
                        HELLO,
                        WINDOW,
                        ACK,
                        "HEADERS 1 :status=200 x-of=path",
                        "DATA 1 /12",
                        "HEADERS 3 :status=200 x-of=path",
                        "DATA 3 /x end");

        peer.feed(Peer.bytes(frames -> frames.raw(Frame.WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 1})));
        assertThat(peer.read()).containsExactly("DATA 1 3");
        peer.feed(Peer.bytes(frames -> frames.settings(new Http2Settings().initialWindowSize(100))));
        assertThat(peer.read()).containsExactly(ACK, "DATA 1 45 end");
    }

    @Test
    void release_connectionWindowSpent_waitsForIt() throws Exception {
        var peer = new Peer();
        peer.feed(Peer.session(frames -> {}));
        peer.read();
        String path = "/" + "x".repeat(3_999);
        int bytes = 0;
        for (int stream = 1; stream <= 39; stream += 2) {
            int one = stream;
            if (bytes + path.length() <= 65_535) {
                peer.feed(Peer.bytes(frames -> frames.headers(one, Peer.post(path), true)));
                bytes += path.length();
            }
        }
        assertThat(peer.read()).filteredOn(line -> line.endsWith(" end")).hasSize(16);

        peer.feed(Peer.bytes(frames -> frames.headers(41, Peer.post(path), true)));
        assertThat(peer.read().getLast()).isEqualTo("DATA 41 /" + "x".repeat(65_535 - bytes - 1));
        peer.feed(Peer.bytes(frames -> frames.raw(Frame.WINDOW_UPDATE, 0, 0, new byte[] {0, 1, 0, 0})));
        assertThat(peer.read().getLast()).endsWith(" end");
    }

    @Test
    void settings_smallerHeaderTable_announcedInTheNextBlock() throws Exception {
        var peer = new Peer();
        peer.feed(Peer.bytes(frames -> frames.preface()
                .raw(Frame.SETTINGS, 0, 0, HexFormat.of().parseHex("000100000000"))
                .headers(1, Peer.post("/a"), true)
                .headers(3, Peer.post("/b"), true)));

        assertThat(peer.blocks()).containsExactly("20", "88");
    }

    @Test
    void read_longBody_windowsGivenBackAndLengthCounted() throws Exception {
        var peer = new Peer();
        peer.feed(Peer.session(frames -> {
            frames.headers(1, Peer.post("/long"), false);
            for (int i = 0; i < 5; i++) {
                frames.data(1, "x".repeat(16_000), i == 4);
            }
        }));

        assertThat(peer.endpoint.requests).containsExactly("/long -  " + "x".repeat(50_000) + " 80000");
        assertThat(peer.read()).contains("WINDOW_UPDATE 1 48000");
    }

    @Test
    void read_paddedBody_paddingCountsInTheWindow() throws Exception {
        var peer = new Peer();
        byte[] bytes = Peer.session(frames -> {
            frames.headers(1, Peer.post("/long"), false);
            for (int i = 0; i < 3; i++) {
                frames.data(1, "x".repeat(16_000), 250, false);
            }
        });
        peer.feed(bytes);

        assertThat(peer.read()).contains("WINDOW_UPDATE 1 48750");
    }

    @Test
    void answer_refusedOrSilent_resetOrNothing() throws Exception {
        var peer = new Peer();
        peer.feed(Peer.session(frames -> frames.headers(1, Peer.post("/refused"), true)
                .headers(3, Peer.post("/silent"), true)
                .headers(5, Peer.post("/silent"), true)
                .headers(7, Peer.post("/silent"), true)
                .headers(9, Peer.post("/a"), true)));
        assertThat(peer.read())
                .containsExactly(HELLO, WINDOW, ACK, "RST_STREAM 1 REFUSED_STREAM", "RST_STREAM 9 REFUSED_STREAM");

        peer.feed(Peer.bytes(frames -> frames.raw(Frame.RST_STREAM, 0, 5, new byte[4])
                .raw(Frame.HEADERS, 5, 11, HexFormat.of().parseHex("838784"))));
        assertThat(peer.read()).containsExactly("HEADERS 11 :status=200 x-of=path", "DATA 11 / end");
    }

    @Test
    void requestsMax_reached_goAwayThenTheHeldAnswersThenTheEnd() throws Exception {
        var peer = new Peer(100);
        peer.endpoint.requestsMax = 2;
        peer.endpoint.answerNanos = TimeUnit.MILLISECONDS.toNanos(50);
        peer.feed(Peer.session(frames -> frames.headers(1, Peer.post("/a"), false)
                .headers(3, Peer.post("/b"), true)
                .headers(5, Peer.post("/c"), true)
                .headers(7, Peer.post("/d"), true)
                .data(1, "late", true)));
        assertThat(peer.read()).containsExactly("SETTINGS streams=100", WINDOW, ACK, "GOAWAY 5 NO_ERROR");
        assertThat(peer.server.isOpen()).isTrue();

        peer.pass(60);
        assertThat(peer.read())
                .filteredOn(line -> line.startsWith("DATA"))
                .containsExactly("DATA 3 /b end", "DATA 5 /c end", "DATA 1 /a end");
        assertThat(peer.server.isOpen()).isFalse();
        assertThat(peer.endpoint.requests).hasSize(3);
    }

    @Test
    void streamsMax_changed_toldAndEnforcedOnceAcknowledged() throws Exception {
        var peer = new Peer();
        peer.endpoint.answerNanos = TimeUnit.HOURS.toNanos(1);
        peer.feed(Peer.session(frames -> frames.raw(Frame.SETTINGS, Frame.ACK, 0, new byte[0])));
        peer.read();
        byte[] post = HexFormat.of().parseHex("838784");
        peer.endpoint.streamsMax = 1;
        peer.feed(Peer.bytes(frames -> frames.raw(Frame.HEADERS, 5, 1, post)));
        assertThat(peer.read()).containsExactly("SETTINGS streams=1");

        peer.feed(Peer.bytes(frames -> frames.raw(Frame.HEADERS, 5, 3, post)));
        assertThat(peer.read()).as("may have been sent before").isEmpty();
        peer.feed(Peer.bytes(
                frames -> frames.raw(Frame.SETTINGS, Frame.ACK, 0, new byte[0]).raw(Frame.HEADERS, 5, 5, post)));
        assertThat(peer.read()).containsExactly("RST_STREAM 5 REFUSED_STREAM");
        peer.endpoint.streamsMax = 4;
        peer.feed(Peer.bytes(frames -> frames.raw(Frame.RST_STREAM, 0, 1, new byte[4])));
        assertThat(peer.read()).containsExactly("SETTINGS streams=4");
        peer.feed(Peer.bytes(frames -> frames.raw(Frame.HEADERS, 5, 7, post)));
        assertThat(peer.read()).as("more is granted at once").isEmpty();
    }

    @Test
    void close_byTheServer_goAwayThatNamesTheLastStream() throws Exception {
        var peer = new Peer();
        peer.feed(
                Peer.session(frames -> frames.headers(1, Peer.post("/a"), true).headers(5, Peer.post("/b"), true)));
        peer.read();
        var _ = peer.server.close();

        assertThat(peer.read()).containsExactly("GOAWAY 5 NO_ERROR");
    }
}
