package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.provider.http2.PeerConnection.Request;
import io.broadcaster.sender.provider.http2.PeerWorld.Bounds;
import io.broadcaster.sender.send.RecordingSink;
import io.broadcaster.sender.send.Warmth;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A connection's life: warm-up, silence, PINGs, time-outs, drops, and what waits meanwhile. */
final class BurstLifeTest {
    private static final SendOutcome RESET = new SendOutcome.Ambiguous(AmbiguousCause.RESET);
    private static final SendOutcome TIMED_OUT = new SendOutcome.Ambiguous(AmbiguousCause.TIMED_OUT);
    private static final SendOutcome WITHDRAWN = new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN);
    private static final Bounds HURRIED = new Bounds(1, 1_000, 1, Duration.ofMillis(300));
    private static final Duration SOON = Duration.ofSeconds(5);

    /** One stream at a time, and no answer to the first request. */
    private static final class Stuck extends Script {
        final CompletableFuture<Integer> first = new CompletableFuture<>();

        @Override
        void connected(PeerConnection connection) {
            connection.settings(new Http2Settings().maxConcurrentStreams(1));
        }

        @Override
        void request(PeerConnection connection, Request request) {
            if (!first.complete(request.stream())) {
                super.request(connection, request);
            }
        }
    }

    @Test
    void warm_peer403_isCold() {
        var script = new Script() {
            @Override
            void warmUp(PeerConnection connection, int stream) {
                connection.head(stream, 403, true);
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.sender.warm()).isEqualTo(new Warmth.Cold("the peer says 403"));
            assertThat(world.sender.connections()).isZero();
            assertThat(world.send(2).await().values())
                    .containsOnly(new SendOutcome.Unprocessed(UnprocessedCause.CONNECT_FAILED));
        }
    }

    @Test
    void warm_resetOrGoAwayInsteadOfAnAnswer_isCold() {
        var script = new Script() {
            private boolean again;

            @Override
            void warmUp(PeerConnection connection, int stream) {
                if (again) {
                    connection.goAway(0, 0);
                } else {
                    connection.rst(stream, 7);
                }
                again = true;
            }
        };
        try (var world = new PeerWorld(script)) {
            assertThat(world.sender.warm()).isInstanceOf(Warmth.Cold.class);
            assertThat(world.sender.warm()).isInstanceOf(Warmth.Cold.class);
        }
    }

    @Test
    void warm_closedSender_isCold() {
        try (var world = new PeerWorld(new Script())) {
            world.sender.close();
            assertThat(world.sender.warm()).isInstanceOf(Warmth.Cold.class);
        }
    }

    @Test
    void send_warmUpNotAnsweredYet_startsNothing() {
        var asked = new CompletableFuture<Integer>();
        var script = new Script() {
            @Override
            void warmUp(PeerConnection connection, int stream) {
                asked.complete(stream);
            }
        };
        try (var world = new PeerWorld(script)) {
            RecordingSink sink = world.send(10);
            int stream = asked.join();
            assertThat(sink.started).hasValue(0);
            PeerConnection connection = world.connection(0);
            // the books of the peer refuse a request before this answer
            connection.run(() -> {
                assertThat(connection.requests).hasValue(0);
                connection.head(stream, 200, true);
            });
            assertThat(sink.await().values()).containsOnly(SendOutcome.ACCEPTED);
        }
    }

    @Test
    void send_neverAnswered_timesOutWithReset() {
        var script = new Stuck();
        try (var world = new PeerWorld(script, HURRIED)) {
            Map<Integer, SendOutcome> answers = world.send(3).await();

            assertThat(answers.get(0)).isEqualTo(TIMED_OUT);
            // what waited for the stream goes on without anything more from the peer
            assertThat(answers.get(1)).isEqualTo(SendOutcome.ACCEPTED);
            assertThat(answers.get(2)).isEqualTo(SendOutcome.ACCEPTED);
            assertThat(world.connection(0).reset).succeedsWithin(SOON);
            assertThat(world.connection(0).heard).contains("RST " + script.first.join() + " 8");
        }
    }

    @Test
    void send_lateAnswerAfterTheTimeOut_isIgnored() {
        var script = new Stuck();
        try (var world = new PeerWorld(script, HURRIED)) {
            assertThat(world.send(1).await().values()).containsOnly(TIMED_OUT);
            PeerConnection connection = world.connection(0);
            int late = script.first.join();
            connection.run(() -> {
                connection.head(late, 404, false, "x", "y");
                connection.body(late, "late", 0, true);
            });
            assertThat(world.send(50).await().values()).containsOnly(SendOutcome.ACCEPTED);
            assertThat(world.peer.connections).hasSize(1);
        }
    }

    @Test
    void send_withdrawnWhileWaitingForAStream_isWithdrawn() {
        var script = new Stuck();
        try (var world = new PeerWorld(script)) {
            var withdrawn = new AtomicBoolean();
            RecordingSink sink = world.send(3, Instant.now().plusSeconds(60), withdrawn::get);
            int stream = script.first.join();
            RecordingSink late = world.send(2, Instant.now().plusMillis(200), () -> false);
            withdrawn.set(true);
            assertThat(late.await().values()).containsOnly(WITHDRAWN);
            assertThat(late.started).hasValue(0);
            PeerConnection connection = world.connection(0);
            connection.run(() -> connection.head(stream, 200, true));
            Map<Integer, SendOutcome> answers = sink.await();

            assertThat(answers.get(0)).isEqualTo(SendOutcome.ACCEPTED);
            assertThat(answers.get(1)).isEqualTo(WITHDRAWN);
            assertThat(answers.get(2)).isEqualTo(WITHDRAWN);
        }
    }

    @Test
    void close_someWaitSomeAreOnTheirWay_answersAll() {
        var script = new Stuck();
        try (var world = new PeerWorld(script)) {
            RecordingSink sink = world.send(5);
            script.first.join();
            world.sender.close();
            Map<Integer, SendOutcome> answers = sink.await();

            assertThat(answers.get(0)).isEqualTo(RESET);
            assertThat(answers.get(4)).isEqualTo(WITHDRAWN);
            assertThat(world.send(2).await().values()).containsOnly(WITHDRAWN);
        }
    }

    @Test
    void ping_ofThePeer_isAnswered() {
        try (var world = new PeerWorld(new Script())) {
            world.send(1).await();
            PeerConnection connection = world.connection(0);
            connection.run(() -> connection.ping(4_711));

            assertThat(connection.pong).succeedsWithin(SOON);
            assertThat(connection.heard).contains("PONG 4711");
        }
    }

    @Test
    void ping_peerThatStopsAnswering_isClosedWithinFiveSeconds() {
        var asked = new CompletableFuture<Long>();
        var script = new Script() {
            @Override
            void request(PeerConnection connection, Request request) {
                // silence
            }

            @Override
            void ping(PeerConnection connection, long opaque) {
                asked.complete(opaque);
            }
        };
        try (var world = new PeerWorld(script, new Bounds(1, 1_000, 1, Duration.ofSeconds(30)))) {
            world.sender.warm();
            long start = System.nanoTime();
            assertThat(world.send(3).await().values()).containsOnly(RESET);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            assertThat(asked).isCompleted();
        }
    }

    @Test
    void drop_thenSend_reconnects() {
        try (var world = new PeerWorld(new Script())) {
            assertThat(world.sender.warm()).isEqualTo(new Warmth.Warm(1));
            PeerConnection connection = world.connection(0);
            connection.run(connection::cut);
            connection.closed.join();

            assertThat(world.sender.warm()).isInstanceOf(Warmth.Warm.class);
            assertThat(world.send(10).await().values()).hasSize(10);
        }
    }
}
