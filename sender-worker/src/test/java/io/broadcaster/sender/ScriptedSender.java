package io.broadcaster.sender;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.BatchTokens;
import io.broadcaster.sender.send.Warmth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider in memory: answers at once unless holding, ACCEPTED unless scripted, and remembers what each token got. */
final class ScriptedSender implements BatchSender {
    private final Platform platform;
    private final Map<String, Queue<SendOutcome>> scripts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private volatile boolean cold;
    private final AtomicInteger warmUpsThatThrow = new AtomicInteger();

    ScriptedSender(Platform platform) {
        this.platform = platform;
    }

    /** The next requests for the token are answered so, in this order, the later ones accepted. */
    void script(String token, SendOutcome... outcomes) {
        scripts.put(token, new ArrayDeque<>(List.of(outcomes)));
    }

    /** From now on requests stay without an answer, until {@link #release}. */
    synchronized void hold() {
        holding = true;
    }

    void release() {
        List<Runnable> answers;
        synchronized (this) {
            holding = false;
            answers = List.copyOf(held);
            held.clear();
        }
        answers.forEach(Runnable::run);
    }

    /** So many warm-ups from now on end in an exception. */
    void breakWarmUps(int times) {
        warmUpsThatThrow.set(times);
    }

    void setCold(boolean cold) {
        this.cold = cold;
    }

    int requests(String token) {
        AtomicInteger count = requests.get(token);
        return count == null ? 0 : count.get();
    }

    int requests() {
        return requests.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Distinct notification ids seen. */
    int notificationIds() {
        return ids.size();
    }

    @Override
    public Warmth warm() {
        if (warmUpsThatThrow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("scripted");
        }
        return cold ? new Warmth.Cold("scripted") : new Warmth.Warm(1);
    }

    @Override
    public Duration warmthLasts() {
        return Duration.ofHours(1);
    }

    @Override
    public void send(BatchRequest batch, AnswerSink sink) {
        boolean started = false;
        for (int position : batch.positions()) {
            if (!batch.mayStart(Instant.now())) {
                sink.answered(position, new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN));
                continue;
            }
            if (!started) {
                started = true;
                sink.started();
            }
            String token = token(batch.tokens(), position);
            requests.computeIfAbsent(token, _ -> new AtomicInteger()).incrementAndGet();
            ids.add(batch.notificationId(position).toString());
            SendOutcome outcome = outcome(token);
            answer(() -> sink.answered(position, outcome));
        }
    }

    private void answer(Runnable answer) {
        synchronized (this) {
            if (holding) {
                held.add(answer);
                return;
            }
        }
        answer.run();
    }

    private SendOutcome outcome(String token) {
        Queue<SendOutcome> script = scripts.get(token);
        if (script == null) {
            return SendOutcome.ACCEPTED;
        }
        synchronized (script) {
            SendOutcome next = script.poll();
            return next == null ? SendOutcome.ACCEPTED : next;
        }
    }

    private String token(BatchTokens tokens, int position) {
        byte[] stored = new byte[BatchTokens.TOKEN_MAX];
        int length = tokens.copyToken(position, stored);
        return switch (platform) {
            case IOS -> HexFormat.of().formatHex(stored, 0, length);
            case ANDROID -> new String(stored, 0, length, StandardCharsets.US_ASCII);
        };
    }

    @Override
    public int connections() {
        return cold ? 0 : 1;
    }

    @Override
    public synchronized int outstanding() {
        return held.size();
    }

    @Override
    public int outstandingMax() {
        return 1_000;
    }

    @Override
    public void close() {
        List<Runnable> answers;
        synchronized (this) {
            answers = List.copyOf(held);
            held.clear();
        }
        answers.forEach(Runnable::run);
    }

    /** An answer that was lost. */
    static SendOutcome lost() {
        return new SendOutcome.Ambiguous(AmbiguousCause.RESET);
    }
}
