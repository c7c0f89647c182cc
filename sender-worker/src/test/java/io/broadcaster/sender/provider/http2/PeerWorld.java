package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.TestTls;
import io.broadcaster.sender.provider.http2.HeadField.Own;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.send.RecordingSink;
import io.broadcaster.testkit.Fixtures;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A burst sender with a small provider of its own, and the scripted peer that it sends to. */
final class PeerWorld implements AutoCloseable {
    static final LaunchId LAUNCH = Fixtures.launchFacts().id();
    static final BatchKey KEY = new BatchKey(LAUNCH, Platform.IOS, 4);
    static final String BODY = "{\"aps\":{\"alert\":\"Kick-off\"}}";
    static final Duration PATIENT = Duration.ofSeconds(8);

    private static final TestTls FILES = files();
    private static final SslContext PEER_TLS = ScriptedPeer.tls(FILES);
    private static final SslContext TLS = Transport.tls(Optional.of(FILES.trustFile()));

    /** Bounds of the sender. */
    record Bounds(int connections, int streamsMax, int loops, Duration requestTimeout) {}

    final ScriptedPeer peer;
    final BurstSender sender;
    final SmallProvider provider;

    PeerWorld(Script script) {
        this(script, new Bounds(1, 1_000, 1, PATIENT));
    }

    PeerWorld(Script script, Bounds bounds) {
        peer = new ScriptedPeer(PEER_TLS, script);
        URI endpoint = URI.create("https://localhost:" + peer.port());
        provider = new SmallProvider(endpoint.getAuthority());
        sender = sender(endpoint, bounds, provider);
    }

    static BurstSender sender(URI endpoint, Bounds bounds, SmallProvider provider) {
        var config = new BurstConfig(
                "test",
                endpoint,
                TLS,
                bounds.connections(),
                bounds.streamsMax(),
                bounds.loops(),
                Duration.ofSeconds(5),
                bounds.requestTimeout());
        return new BurstSender(config, provider, InstantSource.system(), new Random(1));
    }

    static TestTls files() {
        try {
            Path directory = Files.createTempDirectory("peer");
            directory.toFile().deleteOnExit();
            return TestTls.in(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestTls tlsFiles() {
        return FILES;
    }

    /** Sends to so many devices, at positions 0 and on. */
    RecordingSink send(int devices) {
        return send(devices, Instant.now().plusSeconds(60), () -> false);
    }

    RecordingSink send(int devices, Instant deadline, BooleanSupplier withdrawn) {
        var sink = new RecordingSink(devices);
        sender.send(request(devices, deadline, withdrawn), sink);
        return sink;
    }

    static BatchRequest request(int devices, Instant deadline, BooleanSupplier withdrawn) {
        var content = new Content(Fixtures.ENGLISH, EnumSet.of(Platform.IOS), "Kick-off", "Open now", Map.of());
        return new BatchRequest(
                KEY,
                new Manifest.Variant(Platform.IOS, 0, Fixtures.ENGLISH, content, BODY),
                PushKind.ALERT,
                Instant.now(),
                Duration.ofHours(1),
                deadline,
                new Tokens(),
                IntStream.range(0, devices).toArray(),
                withdrawn);
    }

    /** The peer's connection of this number, which is there. */
    PeerConnection connection(int index) {
        return peer.connections.get(index);
    }

    @Override
    public void close() {
        sender.close();
        peer.close();
        for (PeerConnection connection : peer.connections) {
            assertThat(connection.violations).isEmpty();
        }
        assertThat(sender.outstanding()).isZero();
    }

    /** Tokens of 32 bytes that end with their position. */
    private record Tokens() implements BatchTokens {
        @Override
        public int devices() {
            return Platform.IOS.batchMax();
        }

        @Override
        public int copyToken(int position, byte[] into) {
            Frames.INT.set(into, 28, position);
            return 32;
        }
    }

    /** Keeps the answers that are no plain success. */
    static final class SmallProvider implements Provider {
        final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        volatile boolean broken;
        private final String authority;

        SmallProvider(String authority) {
            this.authority = authority;
        }

        @Override
        public RequestForm form(BatchRequest batch) {
            if (broken) {
                throw new IllegalStateException("a bug of the provider's");
            }
            return RequestForm.tokenInHead(
                    List.of(
                            HeadField.shared(":method", "POST"),
                            HeadField.shared(":scheme", "https"),
                            HeadField.shared(":authority", authority),
                            HeadField.own(":path", "/3/device/", Own.TOKEN),
                            HeadField.literal("authorization", "bearer x"),
                            HeadField.shared("apns-topic", "org.example.game"),
                            HeadField.own("apns-id", "", Own.NOTIFICATION_ID)),
                    BODY,
                    LAUNCH);
        }

        @Override
        public RequestForm warmUp() {
            return RequestForm.withoutToken(
                    List.of(
                            HeadField.shared(":method", "POST"),
                            HeadField.shared(":scheme", "https"),
                            HeadField.shared(":authority", authority),
                            HeadField.literal(":path", "/warm-up")),
                    "{}");
        }

        @Override
        public Optional<String> fault(Answer warmUp) {
            return warmUp.status() == 403 ? Optional.of("the peer says 403") : Optional.empty();
        }

        @Override
        public SendOutcome outcome(RequestForm form, Answer answer, Instant now) {
            answers.add(answer);
            return switch (answer.status()) {
                case 404, 405 -> new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN);
                case 503 -> new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);
                case 599 -> throw new IllegalStateException("a bug of the provider's");
                default -> new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
            };
        }
    }
}
