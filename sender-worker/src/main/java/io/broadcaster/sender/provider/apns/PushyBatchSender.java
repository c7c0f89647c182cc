package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import io.broadcaster.config.ConfigException;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.provider.AnswerOnce;
import io.broadcaster.sender.provider.RequestPermits;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.send.Warmth;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * APNs through Pushy, with token authentication. Answers come on Pushy's event loops. Pushy queues without bound what the
 * server's streams do not take, so {@code outstandingMax} bounds it here; a permit comes back only when Pushy is done with
 * the notification. What is not answered within the request time-out is ambiguous.
 */
@SuppressWarnings("deprecation") // Pushy rejects the event loops that replace NioEventLoopGroup
public final class PushyBatchSender implements BatchSender {
    private static final Logger log = LoggerFactory.getLogger(PushyBatchSender.class);
    private static final SendOutcome WITHDRAWN = new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN);
    private static final long CLOSE_MILLIS = 2_000;
    private static final int LOOPS_MAX = Runtime.getRuntime().availableProcessors();
    private static final long SWEEP_MILLIS = 100;

    private final ApnsConfig config;
    private final ApnsClient client;
    private final ApnsConnections connections = new ApnsConnections();
    private final RequestPermits permits;
    private final InstantSource clock;
    private final Map<AnswerOnce, Long> attempts = new ConcurrentHashMap<>();
    private final Future<?> sweep;
    private final NioEventLoopGroup loops;
    private volatile boolean closed;

    private PushyBatchSender(
            ApnsConfig config, ApnsClientBuilder builder, ScheduledExecutorService timer, InstantSource clock)
            throws IOException {
        this.config = config;
        this.clock = clock;
        loops = new NioEventLoopGroup(Math.min(config.connections(), LOOPS_MAX));
        permits = new RequestPermits(config.outstandingMax(), config.requestTimeout(), clock);
        client =
                builder.setEventLoopGroup(loops).setMetricsListener(connections).build();
        sweep = timer.scheduleWithFixedDelay(this::limitTime, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Opens no connection yet; {@link ConfigException} when the trust file cannot be used. {@code timer} stays the caller's. */
    public static PushyBatchSender open(
            ApnsConfig config, ApnsSigningKey key, ScheduledExecutorService timer, InstantSource clock) {
        try {
            var builder = new ApnsClientBuilder()
                    .setApnsServer(config.endpoint().getHost(), config.port())
                    .setSigningKey(key)
                    .setConcurrentConnections(config.connections())
                    .setConnectionTimeout(config.connectTimeout());
            config.trustFile().ifPresent(file -> builder.setTrustedServerCertificateChain(file.toFile()));
            return new PushyBatchSender(config, builder, timer, clock);
        } catch (IOException e) {
            throw new ConfigException(List.of("apns.trust-file cannot be used: " + e.getMessage()));
        }
    }

    @Override
    public Warmth warm() {
        return ApnsWarmUp.run(client, config, connections);
    }

    /** Pushy pings idle connections every minute. */
    @Override
    public Duration warmthLasts() {
        return Duration.ofHours(1);
    }

    @Override
    public void send(BatchRequest batch, AnswerSink sink) {
        int[] positions = batch.positions();
        var attempt = new AnswerOnce(positions, sink);
        attempts.put(attempt, Long.MAX_VALUE);
        byte[] token = new byte[BatchTokens.TOKEN_MAX];
        boolean started = false;
        for (int index = 0; index < positions.length; index++) {
            switch (closed ? RequestPermits.Permit.WITHDRAWN : permits.acquire(batch)) {
                case WITHDRAWN -> finish(attempt, index, WITHDRAWN);
                case NONE_FREE -> finish(attempt, index, new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE));
                case GRANTED -> {
                    if (!started) {
                        started = true;
                        sink.started();
                    }
                    request(batch, attempt, index, token);
                }
            }
        }
        attempts.computeIfPresent(
                attempt, (_, _) -> clock.millis() + config.requestTimeout().toMillis());
    }

    private void request(BatchRequest batch, AnswerOnce attempt, int index, byte[] buffer) {
        int position = batch.positions()[index];
        int length = batch.tokens().copyToken(position, buffer);
        var notification = new ApnsNotification(
                batch, config.topic(), HexFormat.of().formatHex(buffer, 0, length), batch.notificationId(position));
        var _ = client.sendNotification(notification).whenComplete((response, failure) -> {
            permits.release();
            finish(attempt, index, outcome(notification, response, failure));
        });
    }

    private SendOutcome outcome(
            ApnsNotification notification,
            @Nullable PushNotificationResponse<ApnsNotification> response,
            @Nullable Throwable failure) {
        if (response != null) {
            return ApnsAnswers.of(response, clock.instant());
        }
        if (notification.written()) {
            return new SendOutcome.Ambiguous(AmbiguousCause.RESET);
        }
        log.debug("apns request not written: {}", String.valueOf(failure));
        return closed ? WITHDRAWN : new SendOutcome.Unprocessed(UnprocessedCause.CONNECT_FAILED);
    }

    private void finish(AnswerOnce attempt, int index, SendOutcome outcome) {
        if (attempt.answer(index, outcome)) {
            attempts.remove(attempt);
        }
    }

    private void limitTime() {
        long now = clock.millis();
        attempts.forEach((attempt, deadline) -> {
            if (now > deadline) {
                attempt.answerRest(new SendOutcome.Ambiguous(AmbiguousCause.TIMED_OUT));
                attempts.remove(attempt);
            }
        });
    }

    @Override
    public int connections() {
        return connections.open();
    }

    @Override
    public int outstanding() {
        return permits.outstanding();
    }

    @Override
    public int outstandingMax() {
        return permits.outstandingMax();
    }

    @Override
    public void close() {
        closed = true;
        try {
            client.close().get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("apns client did not close in time: {}", String.valueOf(e.getMessage()));
        }
        var _ = loops.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        var _ = sweep.cancel(false);
        attempts.keySet().forEach(attempt -> attempt.answerRest(new SendOutcome.Ambiguous(AmbiguousCause.RESET)));
        attempts.clear();
    }
}
