package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.provider.http2.PeerConnection.Request;
import io.broadcaster.sender.send.RecordingSink;
import io.broadcaster.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers of every shape that HTTP/2 allows, and some that it does not. */
final class BurstAnswersTest {
    private static final long SEED = 17;
    private static final SendOutcome REJECTED = new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN);
    private static final SendOutcome UNAVAILABLE = new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);
    private static final SendOutcome RESET = new SendOutcome.Ambiguous(AmbiguousCause.RESET);
    private static final String REASON = "{\"reason\":\"BadDeviceToken\"}";

    @Test
    void answers_outOfOrderAndOfAllShapes_areClassifiedEach() {
        var script = new Script() {
            private final List<Request> came = new ArrayList<>();

            @Override
            void request(PeerConnection connection, Request request) {
                came.add(request);
                if (came.size() == 300) {
                    Collections.shuffle(came, new Random(SEED));
                    came.forEach(each -> answer(connection, each.stream(), each.position() % 6));
                }
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(300).await();

            answers.forEach((position, outcome) -> assertThat(outcome)
                    .as("position " + position)
                    .isEqualTo(
                            switch (position % 6) {
                                case 0, 1, 2 -> SendOutcome.ACCEPTED;
                                case 3, 4 -> REJECTED;
                                default -> UNAVAILABLE;
                            }));
            assertThat(world.provider.answers).hasSize(150).allSatisfy(answer -> {
                String body = new String(answer.body(), StandardCharsets.UTF_8);
                assertThat(body).isEqualTo(answer.status() == 404 ? REASON : "");
            });
        }
    }

    private static void answer(PeerConnection connection, int stream, int shape) {
        switch (shape) {
            case 0 -> connection.head(stream, 200, true, "apns-unique-id", "u" + stream);
            case 1 -> {
                connection.head(stream, 200, false, "content-type", "application/json");
                connection.body(stream, "{\"name\":", 0, false);
                connection.body(stream, "\"m\"}", 100, false);
                connection.trailers(stream, "x-checksum", "1");
            }
            case 2 -> {
                connection.head(stream, 100, false);
                connection.head(stream, 103, false, "link", "x");
                connection.head(stream, 200, false);
                connection.body(stream, "", 0, true);
            }
            case 3 -> {
                connection.head(stream, 404, false, "apns-id", "i" + stream);
                connection.body(stream, REASON.substring(0, 7), 3, false);
                connection.body(stream, REASON.substring(7), 0, true);
            }
            case 4 -> {
                connection.head(stream, 103, false);
                connection.head(stream, 404, false);
                connection.body(stream, REASON, 0, false);
                connection.trailers(stream, "x-checksum", "1");
            }
            default -> connection.head(stream, 503, true, "retry-after", "3");
        }
    }

    @Test
    void answers_byteByByte_areRead() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                connection.end(request.stream());
                connection.raw(
                        BurstStreamsTest.frame(
                                Frames.HEADERS, 0, request.stream(), request.position() == 1 ? 0x8d : 0x88),
                        1);
                connection.raw(BurstStreamsTest.frame(Frames.CONTINUATION, 4, request.stream()), 1);
                connection.raw(BurstStreamsTest.frame(Frames.DATA, 0, request.stream(), '{', '}'), 1);
                connection.raw(BurstStreamsTest.frame(Frames.DATA, 1, request.stream()), 1);
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(5).await();

            assertThat(answers.get(1)).isEqualTo(REJECTED);
            assertThat(answers.get(4)).isEqualTo(SendOutcome.ACCEPTED);
        }
    }

    @Test
    void answer_onAStreamThatWasNotOpened_endsTheConnection() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                if (request.position() == 9) {
                    connection.raw(BurstStreamsTest.frame(Frames.HEADERS, 5, 4_001, 0x88), 99);
                }
            }
        };
        endsInProtocolError(script);
    }

    @Test
    void answer_dataBeforeTheHead_endsTheConnection() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                if (request.position() == 9) {
                    connection.raw(BurstStreamsTest.frame(Frames.DATA, 1, request.stream(), 1), 99);
                }
            }
        };
        endsInProtocolError(script);
    }

    @Test
    void answer_headThatBreaksOnlyHttpsRules_endsItsStreamAlone() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                int stream = request.stream();
                switch (request.position()) {
                    case 3 -> { // :status behind another field
                        int[] head = {0x8d, 0x00, 0x01, 'x', 0x01, 'y', 0x8d};
                        connection.raw(BurstStreamsTest.frame(Frames.HEADERS, 5, stream, head), 99);
                    }
                    case 5 -> { // a field that HTTP/2 does not have, and more to come
                        int[] head = {0x8d, 0x00, 0x0a, 'c', 'o', 'n', 'n', 'e', 'c', 't', 'i', 'o', 'n', 0x01, 'y'};
                        connection.raw(BurstStreamsTest.frame(Frames.HEADERS, 4, stream, head), 99);
                        connection.raw(BurstStreamsTest.frame(Frames.DATA, 1, stream, 1), 99);
                    }
                    case 7 -> { // trailers may not have a :status, but the success has been told
                        connection.head(stream, 200, false);
                        connection.raw(
                                BurstStreamsTest.frame(Frames.HEADERS, 5, stream, 0x00, 0x01, 'x', 0x01, 'y', 0x8d),
                                99);
                    }
                    default -> connection.head(stream, 200, true);
                }
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(10).await();

            SendOutcome unreadable = new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
            answers.forEach((position, outcome) -> assertThat(outcome)
                    .as("position " + position)
                    .isEqualTo(position == 3 || position == 5 ? unreadable : SendOutcome.ACCEPTED));
            assertThat(world.send(10).await()).hasSize(10);
            assertThat(world.peer.connections).hasSize(1);
            assertThat(world.connection(0).heard)
                    .contains("RST 9 1", "RST 13 1")
                    .doesNotContain("GOAWAY 9");
        }
    }

    @Test
    void answer_headThatCannotBeDecoded_endsTheConnection() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                if (request.position() == 9) { // an index beyond every table
                    connection.raw(BurstStreamsTest.frame(Frames.HEADERS, 5, request.stream(), 0xfe), 99);
                }
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.send(10).await().values()).containsOnly(RESET);
            assertThat(world.connection(0).goAway).succeedsWithin(Duration.ofSeconds(5));
            assertThat(world.connection(0).heard).contains("GOAWAY 9");
        }
    }

    @Test
    void send_theProviderFailsToMakeAForm_answersAllAndGoesOn() {
        try (var world = new PeerWorld(new Script())) {
            world.provider.broken = true;
            assertThat(world.send(5).await()).hasSize(5).containsValue(UNAVAILABLE);
            world.provider.broken = false;

            assertThat(world.send(5).await().values()).containsOnly(SendOutcome.ACCEPTED);
        }
    }

    private static void endsInProtocolError(Script script) {
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(10).await();

            assertThat(answers.values()).containsOnly(RESET);
            assertThat(world.connection(0).goAway).succeedsWithin(Duration.ofSeconds(5));
            assertThat(world.connection(0).heard).contains("GOAWAY 1");
        }
    }

    @Test
    void answer_thatTheProvidersRulesFailOn_isStillAnswered() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                connection.head(request.stream(), request.position() == 3 ? 599 : 200, true);
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(4).await();

            assertThat(answers.get(3)).isInstanceOf(SendOutcome.Ambiguous.class);
        }
    }

    @Test
    void connectionReset_midAnswer_isAmbiguousButWhereASuccessHadBegun() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                switch (request.position()) {
                    case 0 -> connection.head(request.stream(), 200, false);
                    case 1 -> connection.head(request.stream(), 404, false);
                    case 2 -> connection.head(request.stream(), 503, true);
                    default -> {
                        byte[] half = BurstStreamsTest.frame(Frames.HEADERS, 5, request.stream(), 0x88, 0x88);
                        connection.raw(Arrays.copyOf(half, half.length - 1), 99);
                    }
                }
            }

            @Override
            void data(PeerConnection connection, int stream, int bytes) {
                // a window behind the half frame would end it
            }
        };
        try (var world = new PeerWorld(script)) {
            RecordingSink sink = world.send(4);
            awaitLeft(sink, 3);
            world.connection(0).run(world.connection(0)::cut);
            Map<Integer, SendOutcome> answers = sink.await();

            assertThat(answers.get(0)).isEqualTo(SendOutcome.ACCEPTED);
            assertThat(answers.get(1)).isEqualTo(RESET);
            assertThat(answers.get(2)).isEqualTo(UNAVAILABLE);
            assertThat(answers.get(3)).isEqualTo(RESET);
        }
    }

    @Test
    void close_aSuccessHadBegun_isAccepted() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                connection.head(request.stream(), 200, false);
                if (request.position() == 2) {
                    connection.ping(7);
                }
            }
        };
        try (var world = new PeerWorld(script)) {
            RecordingSink sink = world.send(3);
            world.sender.warm();
            assertThat(world.connection(0).pong).succeedsWithin(Duration.ofSeconds(5));
            world.sender.close();

            assertThat(sink.await().values()).containsOnly(SendOutcome.ACCEPTED);
        }
    }

    private static void awaitLeft(RecordingSink sink, int left) {
        Await.until(left + " are left", () -> sink.left() <= left);
        assertThat(sink.left()).isEqualTo(left);
    }
}
