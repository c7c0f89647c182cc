package io.broadcaster.audit;

import io.broadcaster.audit.AuditStore.Append;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.task.Backoff;
import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Writes acts at the end of the chain. Callers of one process go one after the other, each behind the head that the last one
 * left; against other processes the store's condition decides, and who lost reads the head and tries again, at most {@value
 * #ATTEMPTS_MAX} times. Any thread; blocks; {@link StoreException} when an act may not be written down.
 */
public final class AuditLog {
    /** Appends of one call, each lost to another process. */
    static final int ATTEMPTS_MAX = 40;

    /** How long a caller waits for those before it. */
    private static final Duration TURN_MAX = Duration.ofSeconds(5);

    private static final Duration PAUSE_FIRST = Duration.ofMillis(2);
    private static final Duration PAUSE_MOST = Duration.ofMillis(200);

    private final AuditStore store;
    private final RandomGenerator random;
    private final WaitingClock clock;
    private final Consumer<AuditEntry> appended;
    private final ReentrantLock turn = new ReentrantLock();
    private AuditHead guess = AuditHead.EMPTY;

    /** @param appended hears of every entry that this log added */
    public AuditLog(AuditStore store, RandomGenerator random, WaitingClock clock, Consumer<AuditEntry> appended) {
        this.store = store;
        this.random = random;
        this.clock = clock;
        this.appended = appended;
    }

    /** Writes down up to {@link AuditStore#APPEND_MAX} acts, in their order; those that are there already stay as they are. */
    public void write(List<AuditAct> acts) {
        takeTurn();
        try {
            writeInTurn(acts);
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryLock(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreException("the audit log was not free within " + TURN_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("waiting for the audit log was interrupted", e);
        }
    }

    private void writeInTurn(List<AuditAct> acts) {
        var backoff = new Backoff(random, PAUSE_FIRST, PAUSE_MOST);
        List<AuditAct> open = distinct(acts);
        for (int attempt = 0; attempt < ATTEMPTS_MAX && !open.isEmpty(); attempt++) {
            if (attempt > 0 || guess.equals(AuditHead.EMPTY)) {
                guess = store.head();
            }
            List<AuditEntry> entries = AuditEntry.after(guess, open);
            switch (store.append(entries)) {
                case Append.Done _ -> {
                    guess = entries.getLast().head();
                    entries.forEach(appended);
                    return;
                }
                case Append.AlreadyThere(Set<String> keys) -> open = without(open, keys);
                case Append.Behind _ -> pause(backoff.next());
            }
        }
        if (!open.isEmpty()) {
            throw new StoreException("the audit log was at another end at each of " + ATTEMPTS_MAX + " attempts");
        }
    }

    private void pause(Duration pause) {
        try {
            clock.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("writing to the audit log was interrupted", e);
        }
    }

    private static List<AuditAct> distinct(List<AuditAct> acts) {
        var all = new ArrayList<AuditAct>();
        for (AuditAct act : acts) {
            if (all.stream()
                    .noneMatch(other ->
                            other.subject().equals(act.subject()) && other.key().equals(act.key()))) {
                all.add(act);
            }
        }
        return all;
    }

    private static List<AuditAct> without(List<AuditAct> acts, Set<String> keys) {
        return acts.stream().filter(act -> !keys.contains(act.key())).toList();
    }
}
