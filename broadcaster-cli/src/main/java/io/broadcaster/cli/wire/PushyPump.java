package io.broadcaster.cli.wire;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.FileSecrets;
import io.broadcaster.loadtest.wire.BarePeer;
import io.broadcaster.sender.provider.apns.ApnsConfig;
import io.broadcaster.sender.provider.apns.ApnsKeys;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Pushy as its guide has it: one client, futures, and a bound on what is under way, which Pushy does not have itself. */
@SuppressWarnings("deprecation") // Pushy rejects the event loops that replace NioEventLoopGroup
final class PushyPump implements Pump {
    private static final long CLOSE_SECONDS = 5;

    /** Room is waited for in chunks: waking this thread for every answer would cost Pushy more than the request. */
    private static final int CHUNK = 250;

    private final ApnsConfig config;
    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final ApnsClient client;
    private final Instant expiration;
    private final Devices devices = Devices.of(Platform.IOS);

    PushyPump(ApnsConfig config, Instant startedAt) {
        this.config = config;
        this.expiration = startedAt.plus(WireContent.EXPIRY);
        try {
            client = new ApnsClientBuilder()
                    .setApnsServer(
                            config.endpoint().getHost(), config.endpoint().getPort())
                    .setSigningKey(ApnsKeys.first(config, new FileSecrets()).key())
                    .setTrustedServerCertificateChain(
                            config.trustFile().orElseThrow().toFile())
                    .setConcurrentConnections(config.connections())
                    .setEventLoopGroup(loop)
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("pushy cannot be set up", e);
        }
    }

    @Override
    public void run(Answers answers) throws InterruptedException {
        var free = new Semaphore(config.connections() * BarePeer.streamsMax(Platform.IOS));
        String payload = WireContent.variant(Platform.IOS).payload();
        String launch = WireContent.LAUNCH.value();
        for (long request = 0; !answers.stopped(); request++) {
            if (request % CHUNK == 0) {
                free.acquire(CHUNK);
            }
            var notification = new SimpleApnsPushNotification(
                    devices.token(request),
                    config.topic(),
                    payload,
                    expiration,
                    DeliveryPriority.IMMEDIATE,
                    PushType.ALERT,
                    launch,
                    WireContent.LAUNCH.notificationId(request));
            var _ = client.sendNotification(notification).whenComplete((response, failure) -> {
                if (failure == null && response.isAccepted()) {
                    answers.accepted(1);
                } else {
                    answers.other();
                }
                free.release();
            });
        }
    }

    @Override
    public void close() {
        try {
            client.close().orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            var _ = loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
