package io.broadcaster.sender.provider.http2;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.provider.http2.Provider.CredentialsException;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.Warmth;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches over many HTTP/2 connections, written for one thing: the same request to very many devices. Everything but
 * the device's token and id is encoded once per payload and connection, many requests leave in one write, an answer finds its
 * device by arithmetic, and nothing is allocated per notification. Each attempt belongs to one event loop; {@link #send} never blocks
 * but for credentials.
 */
public final class BurstSender implements BatchSender {
    private static final Logger log = LoggerFactory.getLogger(BurstSender.class);
    private static final SendOutcome NO_CREDENTIALS = new SendOutcome.Unprocessed(UnprocessedCause.TOKEN_EXPIRED);

    /** A bug of ours: tried again within the budget, and no other batch suffers. */
    private static final SendOutcome NO_FORM = new SendOutcome.Unprocessed(UnprocessedCause.UNAVAILABLE);

    /** Well within the minute that FCM's library leaves between renewing a token early and having none. */
    private static final Duration TOKEN_LOOKED_AT_EVERY = Duration.ofSeconds(20);

    private static final long SWEEP_MILLIS = 100;
    private static final long CLOSE_MILLIS = 2_000;

    private final BurstConfig config;
    private final Provider provider;
    private final EventLoopGroup group;
    private final List<BurstLoop> loops = new ArrayList<>();
    private volatile boolean closed;

    /** Opens no connection yet. {@code random} spreads the pauses between failed connects; safe for any thread. */
    public BurstSender(BurstConfig config, Provider provider, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.provider = provider;
        int threads = Math.min(config.eventLoops(), config.connections());
        group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(config.name() + "-sender", true), Transport.io());
        for (int i = 0; i < threads; i++) {
            EventLoop executor = group.next();
            loops.add(new BurstLoop(executor, new LoopClock(clock, System::nanoTime)));
        }
        for (int i = 0; i < config.connections(); i++) {
            BurstLoop loop = loops.get(i % threads);
            loop.add(new Lane(loop, config, provider, i, random));
        }
        for (BurstLoop loop : loops) {
            var _ = loop.executor()
                    .scheduleWithFixedDelay(loop::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Warmth warm() {
        if (closed) {
            return new Warmth.Cold("this sender is closed");
        }
        try {
            var _ = provider.warmUp(); // renews a token that is old, so that no press has to
        } catch (CredentialsException e) {
            return new Warmth.Cold(String.valueOf(e.getMessage()));
        }
        var answers = new ArrayList<CompletableFuture<Optional<String>>>();
        for (BurstLoop loop : loops) {
            for (Lane lane : loop.lanes()) {
                var answer = new CompletableFuture<Optional<String>>();
                answers.add(answer);
                loop.execute(() -> lane.want(answer));
            }
        }
        try {
            for (var answer : answers) {
                Optional<String> fault = answer.get(
                        config.connectTimeout().plus(config.requestTimeout()).toMillis(), TimeUnit.MILLISECONDS);
                if (fault.isPresent()) {
                    return new Warmth.Cold(fault.get());
                }
            }
            return new Warmth.Warm(connections());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Warmth.Cold("interrupted");
        } catch (TimeoutException | ExecutionException e) {
            return new Warmth.Cold("the provider did not answer in time");
        }
    }

    /** Idle connections are pinged, and lost ones opened again, by themselves; tokens are renewed only when asked for. */
    @Override
    public Duration warmthLasts() {
        return TOKEN_LOOKED_AT_EVERY;
    }

    @Override
    public void send(BatchRequest batch, AnswerSink sink) {
        RequestForm form;
        try {
            form = provider.form(batch);
        } catch (CredentialsException e) {
            log.warn("{}: {}", config.name(), e.getMessage());
            answerAll(batch, sink, NO_CREDENTIALS);
            return;
        } catch (RuntimeException e) {
            log.error("{}: a batch cannot be made into requests", config.name(), e);
            answerAll(batch, sink, NO_FORM);
            return;
        }
        try {
            var attempt = new Attempt(batch, form, sink);
            if (!closed) {
                leastBusy().submit(attempt);
            } else {
                attempt.answerRest(Attempt.WITHDRAWN);
            }
        } catch (RejectedExecutionException e) {
            answerAll(batch, sink, Attempt.WITHDRAWN); // closed meanwhile
        }
    }

    private BurstLoop leastBusy() {
        BurstLoop least = loops.getFirst();
        for (BurstLoop loop : loops) {
            least = loop.unanswered() < least.unanswered() ? loop : least;
        }
        return least;
    }

    private static void answerAll(BatchRequest batch, AnswerSink sink, SendOutcome outcome) {
        for (int position : batch.positions()) {
            sink.answered(position, outcome);
        }
    }

    @Override
    public Optional<Instant> tokenIssuedAt() {
        return provider.tokenIssuedAt();
    }

    @Override
    public int connections() {
        return loops.stream().mapToInt(BurstLoop::ready).sum();
    }

    @Override
    public int outstanding() {
        return loops.stream().mapToInt(BurstLoop::outstanding).sum();
    }

    @Override
    public int outstandingMax() {
        return config.outstandingMax();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // what was given to a loop before is started by it before: only then may the loops end
        loops.stream()
                .map(loop -> loop.executor().submit(loop::close))
                .toList()
                .forEach(done -> done.awaitUninterruptibly(CLOSE_MILLIS));
        if (!group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS)) {
            log.warn("{}: event loops did not end in time", config.name());
        }
    }
}
