package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.provider.http2.PeerConnection.Request;
import io.broadcaster.sender.provider.http2.PeerWorld.Bounds;
import io.broadcaster.sender.send.RecordingSink;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams, windows and the end of connections, against a peer whose own books hold us to the protocol. */
final class BurstStreamsTest {
    private static final SendOutcome ABOVE = new SendOutcome.Unprocessed(UnprocessedCause.ABOVE_GOAWAY);
    private static final SendOutcome REFUSED = new SendOutcome.Unprocessed(UnprocessedCause.STREAM_REFUSED);
    private static final SendOutcome RESET = new SendOutcome.Ambiguous(AmbiguousCause.RESET);

    /** Keeps requests until so many have come. */
    private abstract static class Gathering extends Script {
        private final int most;
        final List<Request> gathered = new ArrayList<>();

        Gathering(int most) {
            this.most = most;
        }

        abstract void all(PeerConnection connection);

        @Override
        void request(PeerConnection connection, Request request) {
            gathered.add(request);
            if (gathered.size() == most) {
                all(connection);
            } else if (gathered.size() > most) {
                connection.head(request.stream(), 200, true);
            }
        }
    }

    @Test
    void send_wholeBatch_arrivesAsEncoded() {
        Queue<Request> came = new ConcurrentLinkedQueue<>();
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                came.add(request);
                super.request(connection, request);
            }
        };
        try (var world = new PeerWorld(script)) {
            RecordingSink sink = world.send(500);

            assertThat(sink.await()).hasSize(500).containsValue(SendOutcome.ACCEPTED);
            assertThat(sink.started).hasValue(1);
            assertThat(came).hasSize(500).allSatisfy(request -> {
                assertThat(request.body()).isEqualTo(PeerWorld.BODY);
                long ordinal = PeerWorld.KEY.deviceOrdinal(request.position());
                assertThat(request.id())
                        .isEqualTo(PeerWorld.LAUNCH.notificationId(ordinal).toString());
            });
            assertThat(came.stream().map(Request::position).distinct()).hasSize(500);
        }
    }

    @Test
    void goAway_midway_aboveIsUnprocessedAndTheRestAnswered() {
        var script = new Gathering(100) {
            @Override
            void all(PeerConnection connection) {
                connection.goAway(gathered.get(39).stream(), 0);
                gathered.subList(0, 40).forEach(request -> connection.head(request.stream(), 200, true));
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(100).await();

            IntStream.range(0, 40).forEach(i -> assertThat(answers.get(i)).isEqualTo(SendOutcome.ACCEPTED));
            IntStream.range(40, 100).forEach(i -> assertThat(answers.get(i)).isEqualTo(ABOVE));
            world.connection(0).closed.join();
            assertThat(world.send(100).await().values()).containsOnly(SendOutcome.ACCEPTED);
            assertThat(world.peer.connections).hasSize(2);
        }
    }

    @Test
    void goAway_firstGracefulThenForGood_answersBoth() {
        var script = new Gathering(20) {
            @Override
            void all(PeerConnection connection) {
                connection.goAway(Integer.MAX_VALUE, 0);
                connection.goAway(gathered.get(9).stream(), 0);
                connection.cut();
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(20).await();

            IntStream.range(10, 20).forEach(i -> assertThat(answers.get(i)).isIn(ABOVE, RESET));
            IntStream.range(0, 10).forEach(i -> assertThat(answers.get(i)).isEqualTo(RESET));
        }
    }

    @Test
    void reset_refusedAndOthers_areClassified() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                switch (request.position() % 4) {
                    case 0 -> connection.rst(request.stream(), 7);
                    case 1 -> connection.rst(request.stream(), 2);
                    case 2 -> {
                        connection.head(request.stream(), 200, false);
                        connection.rst(request.stream(), 0);
                    }
                    default -> super.request(connection, request);
                }
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(40).await();

            answers.forEach((position, outcome) -> assertThat(outcome)
                    .as("position " + position)
                    .isEqualTo(
                            switch (position % 4) {
                                case 0 -> REFUSED;
                                case 1 -> RESET;
                                default -> SendOutcome.ACCEPTED;
                            }));
        }
    }

    @Test
    void reset_indexed200WithoutEnd_isAccepted() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                // a literal with indexing: read by the full decoder, not at a glance
                connection.raw(
                        frame(Frames.HEADERS, Frames.END_HEADERS, request.stream(), 0x88, 0x40, 1, 'a', 1, 'b'), 99);
                connection.rst(request.stream(), 0);
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.send(3).await().values()).containsOnly(SendOutcome.ACCEPTED);
        }
    }

    @Test
    void settings_fewerStreamsMidway_isNeverExceeded() {
        var script = new Script() {
            private boolean fewer;

            @Override
            void connected(PeerConnection connection) {
                connection.settings(new Http2Settings().maxConcurrentStreams(1_000));
            }

            @Override
            void request(PeerConnection connection, Request request) {
                if (!fewer) {
                    fewer = true;
                    connection.settings(new Http2Settings().maxConcurrentStreams(1));
                }
                super.request(connection, request);
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.send(500).await().values()).containsOnly(SendOutcome.ACCEPTED);
            assertThat(world.send(300).await().values()).containsOnly(SendOutcome.ACCEPTED);
        }
    }

    @Test
    void settings_fewStreams_areAllUsed() {
        var script = new Script() {
            private final List<Request> kept = new ArrayList<>();

            @Override
            void connected(PeerConnection connection) {
                connection.settings(new Http2Settings().maxConcurrentStreams(7));
            }

            @Override
            void request(PeerConnection connection, Request request) {
                kept.add(request);
                if (kept.size() == 7) {
                    kept.forEach(each -> super.request(connection, each));
                    kept.clear();
                }
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.send(420).await().values()).containsOnly(SendOutcome.ACCEPTED);
            assertThat(world.connection(0).openMost).isEqualTo(7);
        }
    }

    @Test
    void windows_smallAndSlow_bodiesArriveWhole() {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        var script = new Script() {
            private int round;

            @Override
            void connected(PeerConnection connection) {
                connection.settings(new Http2Settings().initialWindowSize(10));
            }

            @Override
            void data(PeerConnection connection, int stream, int bytes) {
                connection.window(0, bytes);
                connection.window(stream, 10 + round++ % 13); // more than a new setting takes away
            }

            @Override
            void request(PeerConnection connection, Request request) {
                bodies.add(request.body());
                if (request.position() == 20) {
                    connection.settings(new Http2Settings().initialWindowSize(3));
                } else if (request.position() == 40) {
                    connection.settings(new Http2Settings().initialWindowSize(0));
                } else if (request.position() == 60) {
                    connection.settings(new Http2Settings().initialWindowSize(70_000));
                }
                super.request(connection, request);
            }

            @Override
            void opened(PeerConnection connection, int stream) {
                connection.window(stream, 1); // else a window of 0 stays one
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.send(100).await().values()).containsOnly(SendOutcome.ACCEPTED);
            assertThat(bodies).hasSize(100).containsOnly(PeerWorld.BODY);
        }
    }

    @Test
    void windows_connectionsUsedUp_waitsForRoom() {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        var script = new Script() {
            private int owed;

            @Override
            void data(PeerConnection connection, int stream, int bytes) {
                owed += bytes;
                if (owed >= 65_535) { // only once the client stands still
                    connection.window(0, owed);
                    owed = 0;
                }
            }

            @Override
            void request(PeerConnection connection, Request request) {
                bodies.add(request.body());
                super.request(connection, request);
            }
        };
        try (var world = new PeerWorld(script)) {
            for (int round = 0; round < 10; round++) {
                assertThat(world.send(500).await().values()).containsOnly(SendOutcome.ACCEPTED);
            }
            assertThat(bodies).hasSize(5_000).containsOnly(PeerWorld.BODY);
        }
    }

    @Test
    void answer_beforeTheBodyIsOut_endsTheStreamOnBothSides() {
        var script = new Script() {
            @Override
            void connected(PeerConnection connection) {
                connection.settings(new Http2Settings().initialWindowSize(10));
            }

            @Override
            void warmUp(PeerConnection connection, int stream) {
                connection.head(stream, 200, true);
            }

            @Override
            void opened(PeerConnection connection, int stream) {
                // as a server may: its half ends, ours stays open until we end it
                connection.raw(frame(Frames.HEADERS, 0x5, stream, 0x8d), 99);
            }
        };
        try (var world = new PeerWorld(script)) {
            Map<Integer, SendOutcome> answers = world.send(3).await();

            assertThat(answers.values()).hasOnlyElementsOfType(SendOutcome.Rejected.class);
            assertThat(world.connection(0).reset).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void headerTable_zeroMidway_isFollowed() {
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                if (request.position() == 5) {
                    connection.settings(new Http2Settings().headerTableSize(0));
                } else if (request.position() == 25) {
                    connection.settings(new Http2Settings().headerTableSize(200));
                }
                super.request(connection, request);
            }

            @Override
            void connected(PeerConnection connection) {
                connection.settings(new Http2Settings().maxConcurrentStreams(2));
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.send(60).await().values()).containsOnly(SendOutcome.ACCEPTED);
        }
    }

    @Test
    void send_severalConnections_spreadsEvenly() throws Exception {
        int devices = 500;
        var all = new CompletableFuture<Void>();
        var script = new Gathering(4 * devices) {
            @Override
            void all(PeerConnection connection) {
                all.complete(null);
            }
        };
        try (var world = new PeerWorld(script, new Bounds(4, 1_000, 1, PeerWorld.PATIENT))) {
            world.sender.warm();
            List<RecordingSink> sinks =
                    IntStream.range(0, 4).mapToObj(_ -> world.send(devices)).toList();
            all.get(1, TimeUnit.MINUTES);

            assertThat(world.peer.connections.stream()
                            .map(connection -> connection.requests.get())
                            .collect(Collectors.toList()))
                    .containsOnly(devices);
            assertThat(world.sender.outstanding()).isEqualTo(4 * devices);
            world.peer.connections.forEach(connection -> connection.run(connection::cut));
            sinks.forEach(sink -> assertThat(sink.await().values()).containsOnly(RESET));
        }
    }

    /** A frame of these bytes. */
    static byte[] frame(byte type, int flags, int stream, int... payload) {
        byte[] frame = new byte[Frames.HEAD + payload.length];
        Frames.head(frame, 0, payload.length, type, flags, stream);
        for (int i = 0; i < payload.length; i++) {
            frame[Frames.HEAD + i] = (byte) payload[i];
        }
        return frame;
    }
}
