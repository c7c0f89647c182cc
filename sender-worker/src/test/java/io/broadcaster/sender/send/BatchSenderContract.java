package io.broadcaster.sender.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.Test;

/** What every adapter to a provider must do; a subclass scripts its provider's answers per device. */
public abstract class BatchSenderContract {
    /** When dead tokens died, by the scripted provider's word. */
    protected static final Instant DEAD_SINCE = Instant.parse("2026-01-02T03:04:05Z");

    /** Long enough for a cold server, and short enough for a device under SILENCE. */
    protected static final Duration PATIENT = Duration.ofSeconds(8);

    protected static final Duration HURRIED = Duration.ofMillis(500);

    /** What the scripted provider does with a device. */
    protected enum Scripted {
        ACCEPT,
        UNREGISTERED,
        BAD_TOKEN,
        WRONG_APP,
        UNAUTHORIZED,
        THROTTLED,
        UNAVAILABLE,
        SERVER_ERROR,
        SILENCE
    }

    protected abstract Platform platform();

    /** A sender to the scripted provider with this request time-out. */
    protected abstract BatchSender sender(Duration requestTimeout);

    private BatchSender sender() {
        return sender(PATIENT);
    }

    /** A sender to a port on which nobody listens. */
    protected abstract BatchSender senderToNowhere();

    /** From now on the device's requests end so; without a script they are accepted. */
    protected abstract void script(int position, Scripted answer);

    /** Waits until the provider has the request of a device under SILENCE. */
    protected abstract void awaitArrival(int position);

    /** Cuts every connection. */
    protected abstract void dropConnections();

    /** The shortest pause that a 429 of the scripted provider leads to. */
    protected abstract Duration throttlePause();

    /** Whether the provider says since when a token is dead. */
    protected abstract boolean tellsDeadSince();

    @Test
    void warm_providerUp_isWarmWithConnections() {
        try (BatchSender sender = sender()) {
            assertThat(sender.warm()).isInstanceOf(Warmth.Warm.class);
            assertThat(sender.connections()).isPositive();
        }
    }

    @Test
    void warm_nobodyListens_isCold() {
        try (BatchSender sender = senderToNowhere()) {
            assertThat(sender.warm()).isInstanceOf(Warmth.Cold.class);
        }
    }

    @Test
    void send_mixedAnswers_classifiesEach() {
        script(1, Scripted.UNREGISTERED);
        script(2, Scripted.BAD_TOKEN);
        script(3, Scripted.WRONG_APP);
        script(4, Scripted.UNAUTHORIZED);
        script(5, Scripted.THROTTLED);
        script(6, Scripted.UNAVAILABLE);
        script(7, Scripted.SERVER_ERROR);
        Map<Integer, SendOutcome> answers = sendAll(8);

        assertThat(answers.get(0)).isEqualTo(SendOutcome.ACCEPTED);
        assertThat(answers.get(1)).isInstanceOfSatisfying(SendOutcome.Unregistered.class, dead -> {
            if (tellsDeadSince()) {
                assertThat(dead.since()).isEqualTo(DEAD_SINCE);
            } else {
                assertThat(dead.since()).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
            }
        });
        assertThat(answers.get(2)).isEqualTo(new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN));
        assertThat(answers.get(3)).isEqualTo(new SendOutcome.Rejected(OutcomeCode.WRONG_APP));
        assertThat(answers.get(4)).isEqualTo(new SendOutcome.Rejected(OutcomeCode.UNAUTHORIZED));
        assertThat(answers.get(5)).isEqualTo(new SendOutcome.Throttled(throttlePause()));
        assertThat(answers.get(6)).isEqualTo(new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE));
        assertThat(answers.get(7)).isEqualTo(new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR));
    }

    @Test
    void send_wholeBatch_answersEachPositionExactlyOnce() {
        try (BatchSender sender = sender()) {
            sender.warm();
            var sink = new RecordingSink(platform().batchMax());
            sender.send(request(IntStream.range(0, platform().batchMax()).toArray()), sink);
            sink.await();

            assertThat(sink.answers).hasSize(platform().batchMax());
            assertThat(sink.answers.values()).containsOnly(SendOutcome.ACCEPTED);
            assertThat(sink.repeated).hasValue(0);
            assertThat(sink.started).hasValue(1);
            assertThat(sender.outstandingMax()).isPositive();
        }
    }

    @Test
    void send_somePositions_answersJustThose() {
        try (BatchSender sender = sender()) {
            var sink = new RecordingSink(2);
            sender.send(request(3, 7), sink);
            sink.await();

            assertThat(sink.answers).containsOnlyKeys(3, 7);
        }
    }

    @Test
    void send_nobodyListens_isUnprocessed() {
        try (BatchSender sender = senderToNowhere()) {
            var sink = new RecordingSink(3);
            sender.send(request(0, 1, 2), sink);
            sink.await();

            assertThat(sink.answers)
                    .hasSize(3)
                    .containsValue(new SendOutcome.Unprocessed(UnprocessedCause.CONNECT_FAILED));
        }
    }

    @Test
    void send_noAnswerInTime_isAmbiguous() {
        script(0, Scripted.SILENCE);
        try (BatchSender sender = sender(HURRIED)) {
            var sink = new RecordingSink(1);
            sender.send(request(0), sink);
            sink.await();

            assertThat(sink.answers.get(0)).isEqualTo(new SendOutcome.Ambiguous(AmbiguousCause.TIMED_OUT));
        }
    }

    @Test
    void send_connectionDropsBeforeTheAnswer_isAmbiguous() {
        script(0, Scripted.SILENCE);
        try (BatchSender sender = sender()) {
            var sink = new RecordingSink(1);
            sender.send(request(0), sink);
            awaitArrival(0);
            dropConnections();
            sink.await();

            assertThat(sink.answers.get(0)).isEqualTo(new SendOutcome.Ambiguous(AmbiguousCause.RESET));
        }
    }

    @Test
    void send_withdrawnBatch_startsNoRequest() {
        try (BatchSender sender = sender()) {
            var sink = new RecordingSink(2);
            sender.send(request(new int[] {0, 1}, Instant.now().plusSeconds(60), new AtomicBoolean(true)), sink);
            sink.await();

            assertThat(sink.started).hasValue(0);
            assertThat(sink.answers).containsValue(new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN));
        }
    }

    @Test
    void send_afterTheDeadline_startsNoRequest() {
        try (BatchSender sender = sender()) {
            var sink = new RecordingSink(1);
            sender.send(request(new int[] {0}, Instant.now().minusSeconds(1), new AtomicBoolean()), sink);
            sink.await();

            assertThat(sink.started).hasValue(0);
        }
    }

    @Test
    void close_requestsOutstanding_answersThemAmbiguous() {
        script(0, Scripted.SILENCE);
        BatchSender sender = sender();
        var sink = new RecordingSink(1);
        assertThat(sender.warm()).isInstanceOf(Warmth.Warm.class);
        sender.send(request(0), sink);
        awaitArrival(0);
        sender.close();
        sink.await();

        assertThat(sink.answers.get(0)).isInstanceOf(SendOutcome.Ambiguous.class);
    }

    @Test
    void send_afterClose_isWithdrawn() {
        BatchSender sender = sender();
        sender.close();
        var sink = new RecordingSink(1);
        sender.send(request(0), sink);
        sink.await();

        assertThat(sink.answers.get(0)).isEqualTo(new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN));
    }

    private Map<Integer, SendOutcome> sendAll(int devices) {
        try (BatchSender sender = sender()) {
            var sink = new RecordingSink(devices);
            sender.send(request(IntStream.range(0, devices).toArray()), sink);
            sink.await();
            return Map.copyOf(sink.answers);
        }
    }

    private BatchRequest request(int... positions) {
        return request(positions, Instant.now().plusSeconds(60), new AtomicBoolean());
    }

    private BatchRequest request(int[] positions, Instant deadline, AtomicBoolean withdrawn) {
        var content = new Content(
                Fixtures.ENGLISH, EnumSet.of(platform()), "Kick-off", "Open the app now", Map.of("link", "app://game"));
        String payload = "{\"aps\":{\"alert\":{\"title\":\"Kick-off\",\"body\":\"Open the app now\"}}}";
        return new BatchRequest(
                new BatchKey(Fixtures.launchFacts().id(), platform(), 4),
                new Manifest.Variant(platform(), 0, Fixtures.ENGLISH, content, payload),
                PushKind.ALERT,
                Instant.now(),
                Duration.ofHours(1),
                deadline,
                new Tokens(platform()),
                positions,
                withdrawn::get);
    }

    private static TemporalUnitOffset within(Duration duration) {
        return Assertions.within(duration.toMillis(), ChronoUnit.MILLIS);
    }

    /** The fixtures' tokens in the snapshot's stored form. */
    private record Tokens(Platform platform) implements BatchTokens {
        @Override
        public int devices() {
            return platform.batchMax();
        }

        @Override
        public int copyToken(int position, byte[] into) {
            String text = Fixtures.token(platform, position).value();
            byte[] stored = switch (platform) {
                case IOS -> HexFormat.of().parseHex(text);
                case ANDROID -> text.getBytes(StandardCharsets.US_ASCII);
            };
            System.arraycopy(stored, 0, into, 0, stored.length);
            return stored.length;
        }
    }
}
