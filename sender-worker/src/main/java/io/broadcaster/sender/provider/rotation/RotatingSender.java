package io.broadcaster.sender.provider.rotation;

import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.Warmth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends under one key, and moves to another without a pause: the new key has connections of its own, which must warm up
 * (requests that reach nobody) before a notification rides on it. The old one lives on until the new one has delivered a
 * notification; what is refused for its key until then goes back to the old one, once. Bound: two live senders, and old ones
 * until their last answer. Outside a rotation it costs one volatile read per attempt. Safe for any thread.
 */
public final class RotatingSender<K> implements BatchSender {
    private static final Logger log = LoggerFactory.getLogger(RotatingSender.class);
    private static final SendOutcome AGAIN = new SendOutcome.Unprocessed(UnprocessedCause.TOKEN_EXPIRED);

    private final Function<K, BatchSender> opener;
    private final List<BatchSender> retired = new ArrayList<>(); // guarded by this
    private volatile Live live;
    private boolean closed; // guarded by this

    /** One key's sender. */
    private record Keyed(String name, String fingerprint, BatchSender sender) {}

    /** The sender in use, and the one before it while that may still be needed. */
    private record Live(Keyed current, Optional<Keyed> old) {}

    /** What became of a key that was offered. */
    public sealed interface Offered {
        /** It is in use. */
        record Taken() implements Offered {}

        /** The provider does not take it, or cannot be asked; {@code why} is a sentence without secrets. */
        record Refused(String why) implements Offered {}
    }

    /** {@code opener} opens no connection yet. */
    public RotatingSender(ReadKey<K> first, Function<K, BatchSender> opener) {
        this.opener = opener;
        live = new Live(keyed(first), Optional.empty());
    }

    private Keyed keyed(ReadKey<K> key) {
        return new Keyed(key.name(), key.fingerprint(), opener.apply(key.key()));
    }

    /** Whether the secret of this fingerprint is the one in use. */
    boolean uses(String fingerprint) {
        return live.current().fingerprint().equals(fingerprint);
    }

    /** The name of the key in use. */
    String key() {
        return live.current().name();
    }

    /** Proves the key and takes it into use. Blocks for as long as connections take; one caller at a time. */
    Offered offer(ReadKey<K> key) {
        Keyed candidate = keyed(key);
        return switch (candidate.sender().warm()) {
            case Warmth.Warm _ -> take(candidate);
            case Warmth.Cold(String why) -> {
                candidate.sender().close();
                yield new Offered.Refused(why);
            }
        };
    }

    private synchronized Offered take(Keyed candidate) {
        if (closed) {
            candidate.sender().close();
            return new Offered.Refused("this sender closes");
        }
        Live before = live;
        before.old().ifPresent(older -> retired.add(older.sender()));
        live = new Live(candidate, Optional.of(before.current()));
        return new Offered.Taken();
    }

    /** Closes old senders that have had their last answer. */
    void tidy() {
        List<BatchSender> done;
        synchronized (this) {
            done = retired.stream().filter(sender -> sender.outstanding() == 0).toList();
            retired.removeAll(done);
        }
        done.forEach(BatchSender::close);
    }

    @Override
    public void send(BatchRequest batch, AnswerSink sink) {
        Live now = live;
        AnswerSink heard = now.old().isPresent() ? new Trial(now, sink) : sink;
        now.current().sender().send(batch, heard);
    }

    /** The key of {@code used} has delivered: the one before it is not needed any more. */
    private synchronized void proven(Live used) {
        if (live.current().equals(used.current()) && live.old().isPresent()) {
            live.old().ifPresent(older -> retired.add(older.sender()));
            live = new Live(live.current(), Optional.empty());
            log.info(
                    "key {} has delivered; the one before it is given up",
                    used.current().name());
        }
    }

    /** The key of {@code used} was refused; true when the one before it is in use again. */
    private synchronized boolean fellBack(Live used) {
        Optional<Keyed> old = live.old();
        if (live.current().equals(used.current()) && old.isPresent()) {
            retired.add(live.current().sender());
            live = new Live(old.get(), Optional.empty());
            log.warn(
                    "key {} is refused; {} is in use again",
                    used.current().name(),
                    old.get().name());
            return true;
        }
        return !live.current().equals(used.current());
    }

    /** Hears the answers under a key that has not delivered yet. */
    private final class Trial implements AnswerSink {
        private final Live used;
        private final AnswerSink sink;

        Trial(Live used, AnswerSink sink) {
            this.used = used;
            this.sink = sink;
        }

        @Override
        public void started() {
            sink.started();
        }

        @Override
        public void accepted(int[] positions, int count) {
            proven(used);
            sink.accepted(positions, count);
        }

        @Override
        public void answered(int position, SendOutcome outcome) {
            if (outcome instanceof SendOutcome.Accepted) {
                proven(used);
            }
            sink.answered(position, refusesUs(outcome) && fellBack(used) ? AGAIN : outcome);
        }

        private boolean refusesUs(SendOutcome outcome) {
            return outcome.equals(AGAIN)
                    || (outcome instanceof SendOutcome.Rejected(OutcomeCode code) && code == OutcomeCode.UNAUTHORIZED);
        }
    }

    @Override
    public Warmth warm() {
        return live.current().sender().warm();
    }

    @Override
    public Duration warmthLasts() {
        return live.current().sender().warmthLasts();
    }

    @Override
    public Optional<Instant> tokenIssuedAt() {
        return live.current().sender().tokenIssuedAt();
    }

    @Override
    public int connections() {
        return live.current().sender().connections();
    }

    @Override
    public int outstanding() {
        return all().stream().mapToInt(BatchSender::outstanding).sum();
    }

    /** Of the sender in use; during a rotation the one before it may have as many. */
    @Override
    public int outstandingMax() {
        return live.current().sender().outstandingMax();
    }

    private synchronized List<BatchSender> all() {
        var all = new ArrayList<>(retired);
        live.old().ifPresent(old -> all.add(old.sender()));
        all.add(live.current().sender());
        return all;
    }

    @Override
    public void close() {
        List<BatchSender> open;
        synchronized (this) {
            closed = true;
            open = all();
            retired.clear();
        }
        open.forEach(BatchSender::close);
    }
}
