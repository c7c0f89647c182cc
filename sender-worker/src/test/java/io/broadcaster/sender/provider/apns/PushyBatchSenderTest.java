package io.broadcaster.sender.provider.apns;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.UnregisteredDeviceTokenException;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.FileSecrets;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.sender.DroppingProxy;
import io.broadcaster.sender.Ports;
import io.broadcaster.sender.TestTls;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.BatchSenderContract;
import io.broadcaster.testkit.Fixtures;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against Pushy's own mock of APNs, which speaks HTTP/2 over TLS. */
@SuppressWarnings("deprecation") // Pushy rejects the event loops that replace NioEventLoopGroup
class PushyBatchSenderTest extends BatchSenderContract {
    @TempDir
    private static Path directory;

    private static TestTls tls;
    private static ScheduledExecutorService timer;

    private final Map<String, Scripted> scripts = new ConcurrentHashMap<>();
    private final CountDownLatch silenceReached = new CountDownLatch(1);
    private final CountDownLatch silenceEnds = new CountDownLatch(1);
    private NioEventLoopGroup serverLoops;
    private MockApnsServer server;
    private DroppingProxy proxy;

    @BeforeAll
    static void makeKeys() {
        tls = TestTls.in(directory);
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    static void stopTimer() {
        timer.shutdownNow();
    }

    @BeforeEach
    void startServer() throws Exception {
        serverLoops = new NioEventLoopGroup(4);
        server = new MockApnsServerBuilder()
                .setServerCredentials(new X509Certificate[] {tls.certificate()}, tls.privateKey(), null)
                .setEventLoopGroup(serverLoops)
                .setHandlerFactory(_ -> (headers, _) -> handle(headers))
                .build();
        int port = Ports.free();
        server.start(port).get();
        proxy = DroppingProxy.to(port);
    }

    @AfterEach
    void stopServer() throws Exception {
        silenceEnds.countDown();
        proxy.close();
        server.shutdown().get();
        serverLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }

    @Override
    protected Platform platform() {
        return Platform.IOS;
    }

    @Override
    protected BatchSender sender(Duration requestTimeout) {
        return open(config(proxy.port(), requestTimeout));
    }

    @Override
    protected BatchSender senderToNowhere() {
        return open(config(Ports.free(), PATIENT));
    }

    @Override
    protected void script(int position, Scripted answer) {
        scripts.put(Fixtures.token(Platform.IOS, position).value(), answer);
    }

    @Override
    protected void awaitArrival(int position) {
        try {
            assertThat(silenceReached.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void dropConnections() {
        proxy.drop();
    }

    @Override
    protected Duration throttlePause() {
        return ApnsAnswers.THROTTLE_PAUSE;
    }

    @Override
    protected boolean tellsDeadSince() {
        return true;
    }

    /** The adapter under test. */
    BatchSender open(ApnsConfig config) {
        return PushyBatchSender.open(
                config, ApnsKeys.first(config, new FileSecrets()).key(), timer, InstantSource.system());
    }

    static ApnsConfig config(int port, Duration requestTimeout) {
        return new ApnsConfig(
                URI.create("https://localhost:" + port),
                "com.example.game",
                "TEAM123456",
                "KEY1234567",
                new SecretPlace.InFile(tls.signingKeyFile()),
                Optional.of(tls.trustFile()),
                2,
                1_000,
                Duration.ofSeconds(2),
                requestTimeout);
    }

    private void handle(Http2Headers headers) throws RejectedNotificationException {
        String path = headers.path().toString();
        String token = path.substring(path.lastIndexOf('/') + 1);
        switch (scripts.getOrDefault(token, Scripted.ACCEPT)) {
            case ACCEPT -> {}
            case UNREGISTERED -> throw new UnregisteredDeviceTokenException(DEAD_SINCE);
            case BAD_TOKEN -> throw new RejectedNotificationException(RejectionReason.BAD_DEVICE_TOKEN);
            case WRONG_APP -> throw new RejectedNotificationException(RejectionReason.DEVICE_TOKEN_NOT_FOR_TOPIC);
            case UNAUTHORIZED -> throw new RejectedNotificationException(RejectionReason.INVALID_PROVIDER_TOKEN);
            case THROTTLED -> throw new RejectedNotificationException(RejectionReason.TOO_MANY_REQUESTS);
            case UNAVAILABLE -> throw new RejectedNotificationException(RejectionReason.SERVICE_UNAVAILABLE);
            case SERVER_ERROR -> throw new RejectedNotificationException(RejectionReason.INTERNAL_SERVER_ERROR);
            case SILENCE -> beSilent();
        }
    }

    private void beSilent() {
        silenceReached.countDown();
        try {
            var _ = silenceEnds.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
