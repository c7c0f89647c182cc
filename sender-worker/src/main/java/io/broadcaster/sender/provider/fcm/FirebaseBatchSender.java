package io.broadcaster.sender.provider.fcm;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.ThreadManager;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.provider.AnswerOnce;
import io.broadcaster.sender.provider.RequestPermits;
import io.broadcaster.sender.provider.TrustFile;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.send.Warmth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FCM through the Firebase Admin SDK, one request per message as its {@code sendEach} does, each on a virtual thread and
 * answered on it. Bound: connections × streams per connection without an answer. Every exchange is limited in time by the
 * transport, so every position is answered.
 */
public final class FirebaseBatchSender implements BatchSender {
    private static final Logger log = LoggerFactory.getLogger(FirebaseBatchSender.class);
    private static final SendOutcome WITHDRAWN = new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN);

    /** java.net.http closes a connection that was idle for 30 s. */
    private static final Duration WARMTH_LASTS = Duration.ofSeconds(20);

    private final FcmConfig config;
    private final InstantSource clock;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Http2Transport transport;
    private final FirebaseApp app;
    private final FirebaseMessaging messaging;
    private final RequestPermits permits;
    private volatile boolean closed;

    private FirebaseBatchSender(FcmConfig config, ServiceAccountCredentials account, String name, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        permits = new RequestPermits(
                config.libraryConnections() * config.streamsPerConnection(), config.requestTimeout(), clock);
        transport = new Http2Transport(config, config.trustFile().map(TrustFile::context), requests);
        app = FirebaseApp.initializeApp(
                FirebaseOptions.builder()
                        .setCredentials(account.toBuilder()
                                .setHttpTransportFactory(() -> transport)
                                .build())
                        .setProjectId(config.project())
                        .setHttpTransport(transport)
                        .setThreadManager(new VirtualThreads(requests))
                        .build(),
                name);
        messaging = FirebaseMessaging.getInstance(app);
    }

    /** Opens no connection yet; {@code name} is unique in this JVM. {@link io.broadcaster.config.ConfigException} when the trust file cannot be used. */
    public static FirebaseBatchSender open(
            FcmConfig config, ServiceAccountCredentials account, String name, InstantSource clock) {
        return new FirebaseBatchSender(config, account, name, clock);
    }

    @Override
    public Warmth warm() {
        return FcmWarmUp.run(messaging, config.libraryConnections(), requests, clock);
    }

    @Override
    public Duration warmthLasts() {
        return WARMTH_LASTS;
    }

    @Override
    public void send(BatchRequest batch, AnswerSink sink) {
        int[] positions = batch.positions();
        var attempt = new AnswerOnce(positions, sink);
        var messages = new FcmMessages(batch);
        byte[] token = new byte[BatchTokens.TOKEN_MAX];
        boolean started = false;
        for (int index = 0; index < positions.length; index++) {
            switch (closed ? RequestPermits.Permit.WITHDRAWN : permits.acquire(batch)) {
                case WITHDRAWN -> attempt.answer(index, WITHDRAWN);
                case NONE_FREE -> attempt.answer(index, new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE));
                case GRANTED -> {
                    if (!started) {
                        started = true;
                        sink.started();
                    }
                    int length = batch.tokens().copyToken(positions[index], token);
                    start(messages.to(new String(token, 0, length, StandardCharsets.US_ASCII)), attempt, index);
                }
            }
        }
    }

    private void start(Message message, AnswerOnce attempt, int index) {
        requests.execute(() -> {
            SendOutcome outcome = new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
            try {
                messaging.send(message);
                outcome = SendOutcome.ACCEPTED;
            } catch (FirebaseMessagingException e) {
                outcome = FcmAnswers.of(e, clock.instant());
            } catch (RuntimeException e) {
                log.warn("fcm answer cannot be read: {}", e.getClass().getName());
            } finally {
                permits.release();
                attempt.answer(index, outcome);
            }
        });
    }

    @Override
    public int connections() {
        return transport.openLanes();
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
        transport.shutdown();
        requests.close();
        app.delete();
    }

    /** Lets the SDK start no thread of its own. */
    private static final class VirtualThreads extends ThreadManager {
        private final ExecutorService executor;

        VirtualThreads(ExecutorService executor) {
            this.executor = executor;
        }

        @Override
        protected ExecutorService getExecutor(FirebaseApp app) {
            return executor;
        }

        @Override
        protected void releaseExecutor(FirebaseApp app, ExecutorService executor) {
            // the sender owns it
        }

        @Override
        protected ThreadFactory getThreadFactory() {
            return Thread.ofVirtual().name("firebase-", 0).factory();
        }
    }
}
