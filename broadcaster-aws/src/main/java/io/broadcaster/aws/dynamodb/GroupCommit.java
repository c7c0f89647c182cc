package io.broadcaster.aws.dynamodb;

import io.broadcaster.aws.dynamodb.Table.Answer;
import io.broadcaster.aws.dynamodb.Table.ConditionalPut;
import io.broadcaster.aws.dynamodb.Table.Transaction;
import io.broadcaster.aws.dynamodb.Table.Verdict;
import io.broadcaster.campaign.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers the conditional puts of many threads into transactions; each thread waits for the answer to its own. A row that
 * comes alone leaves at once as a plain put; under load a group leaves when it is full or {@code pace} after the one before.
 * Rows whose condition fails are answered and the others repeated. Bounds: rows that wait (then callers do), calls in flight.
 * A call that fails fails all of its rows with a {@link StoreException}. Any thread; holds none while nothing is written.
 */
final class GroupCommit {
    private final Table table;
    private final Bounds bounds;
    private final Repeats.Pauses pauses;
    private final Semaphore room;
    private final Semaphore calls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition full = lock.newCondition();
    private final LinkedHashSet<Row> waiting = new LinkedHashSet<>();
    private final AtomicLong callsMade = new AtomicLong();
    private final AtomicLong rowsAnswered = new AtomicLong();
    private boolean gathering;
    private long leftAtNanos;

    GroupCommit(Table table, Bounds bounds, Repeats.Pauses pauses) {
        this.table = table;
        this.bounds = bounds;
        this.pauses = pauses;
        this.room = new Semaphore(bounds.rowsWaiting());
        this.calls = new Semaphore(bounds.callsInFlight());
        this.leftAtNanos = System.nanoTime() - bounds.pace().toNanos();
    }

    /** Rows of one call, calls at once, rows that wait for one, and the least time between two calls that are not full. */
    record Bounds(int rowsPerCall, int callsInFlight, int rowsWaiting, Duration pace) {
        /** 12,000 rows in 3 s are 4 a millisecond: 25 ms fill a call of 100, and four at 100 ms each keep up. */
        static Bounds ofRows(int rowsPerCall) {
            return new Bounds(rowsPerCall, 4, 4_096, Duration.ofMillis(25));
        }
    }

    /** Blocks until DynamoDB has answered. {@code key} is the item's: one transaction takes each only once. */
    Answer put(Object key, ConditionalPut put) {
        if (bounds.rowsPerCall() == 1) {
            return table.putIf(put);
        }
        var row = new Row(key, put);
        try {
            room.acquire();
            enter(row);
            return row.answer.get();
        } catch (InterruptedException e) {
            leave(row);
            Thread.currentThread().interrupt();
            throw new StoreException("write was interrupted", e);
        } catch (ExecutionException e) {
            throw new StoreException("write in a group failed", e);
        }
    }

    LedgerWrites figures() {
        lock.lock();
        try {
            return new LedgerWrites(
                    waiting.size(),
                    bounds.rowsWaiting(),
                    bounds.callsInFlight() - calls.availablePermits(),
                    bounds.callsInFlight(),
                    callsMade.get(),
                    rowsAnswered.get());
        } finally {
            lock.unlock();
        }
    }

    private void enter(Row row) {
        lock.lock();
        try {
            waiting.add(row);
            if (!gathering) {
                gathering = true;
                Thread.ofVirtual().name("ledger-gathering").start(this::gather);
            } else if (waiting.size() == bounds.rowsPerCall()) {
                full.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its caller was interrupted. A row that is in a call already may be written all the same. */
    private void leave(Row row) {
        lock.lock();
        try {
            if (waiting.remove(row)) {
                room.release();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One thread at a time, until nothing waits. */
    private void gather() {
        while (awaitGroup()) {
            calls.acquireUninterruptibly();
            List<Row> group = take();
            room.release(group.size());
            Thread.ofVirtual().name("ledger-call").start(() -> {
                try {
                    commit(group);
                } finally {
                    calls.release();
                }
            });
        }
    }

    /** Whether rows wait: the gathering thread must end when none does. */
    private boolean awaitGroup() {
        lock.lock();
        try {
            long left = leftAtNanos + bounds.pace().toNanos() - System.nanoTime();
            while (!waiting.isEmpty() && waiting.size() < bounds.rowsPerCall() && left > 0) {
                left = full.awaitNanos(left);
            }
            gathering = !waiting.isEmpty();
            return gathering;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the gathering thread", e);
        } finally {
            lock.unlock();
        }
    }

    /** Rows of distinct items, first come first taken; none when all of their callers were interrupted meanwhile. */
    private List<Row> take() {
        lock.lock();
        try {
            leftAtNanos = System.nanoTime();
            var keys = new HashSet<Object>();
            var group = new ArrayList<Row>(Math.min(waiting.size(), bounds.rowsPerCall()));
            for (Iterator<Row> rows = waiting.iterator(); rows.hasNext() && group.size() < bounds.rowsPerCall(); ) {
                Row row = rows.next();
                if (keys.add(row.key)) {
                    group.add(row);
                    rows.remove();
                }
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Row> group) {
        List<Row> open = group;
        var repeats = new Repeats("transaction of " + group.size() + " rows", pauses);
        try {
            while (!open.isEmpty()) {
                List<Row> again = once(open);
                if (again.size() == open.size()) {
                    repeats.pause();
                }
                open = again;
            }
        } catch (RuntimeException e) { // also a closed client's: nobody may wait for ever
            open.forEach(row -> row.answer.completeExceptionally(e));
        } finally {
            rowsAnswered.addAndGet(group.size());
        }
    }

    /** One call; answers with the rows to repeat. */
    private List<Row> once(List<Row> open) {
        callsMade.incrementAndGet();
        if (open.size() == 1) {
            alone(open.getFirst());
            return List.of();
        }
        return switch (table.putAllIf(open.stream().map(row -> row.put).toList())) {
            case Transaction.Done _ -> {
                var done = new Answer.Done(Map.of());
                open.forEach(row -> row.answer.complete(done));
                yield List.of();
            }
            case Transaction.Cancelled(List<Verdict> verdicts) -> judged(open, verdicts);
            case Transaction.NotTaken _ -> {
                open.forEach(this::alone); // the row at fault fails alone
                yield List.of();
            }
        };
    }

    private static List<Row> judged(List<Row> open, List<Verdict> verdicts) {
        var again = new ArrayList<Row>(open.size());
        for (int i = 0; i < open.size(); i++) {
            switch (verdicts.get(i)) {
                case Verdict.Free _, Verdict.Busy _ -> again.add(open.get(i));
                case Verdict.Refused(var current) -> open.get(i).answer.complete(new Answer.Refused(current));
            }
        }
        return again;
    }

    private void alone(Row row) {
        try {
            row.answer.complete(table.putIf(row.put));
        } catch (RuntimeException e) {
            row.answer.completeExceptionally(e);
        }
    }

    /** One thread's write. Equal only to itself: two writes of one item are two rows. */
    private static final class Row {
        private final Object key;
        private final ConditionalPut put;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Row(Object key, ConditionalPut put) {
            this.key = key;
            this.put = put;
        }
    }
}
