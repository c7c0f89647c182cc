package io.broadcaster.testkit;

import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditHead;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.campaign.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The audit log in memory, under the same condition as the real one. Safe for any thread. */
public final class FakeAuditStore implements AuditStore {
    private final List<AuditEntry> chain = new ArrayList<>();
    private final Map<AuditSubject, NavigableMap<String, Long>> index = new HashMap<>();
    private final Faults<Call> faults = new Faults<>(Call.class);

    /** The kinds of call that can be made to fail. */
    public enum Call {
        READ,
        APPEND
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    /** Calls that were to fail no longer do. */
    public void heal(Call call) {
        faults.heal(call);
    }

    /** The next {@code times} calls have their effect and then fail. */
    public void loseAnswers(Call call, int times) {
        faults.loseAnswers(call, times);
    }

    /** Every entry, in order. */
    public synchronized List<AuditEntry> entries() {
        return List.copyOf(chain);
    }

    @Override
    public AuditHead head() {
        return faults.around(Call.READ, FakeAuditStore::failure, this::currentHead);
    }

    @Override
    public Append append(List<AuditEntry> entries) {
        return faults.around(Call.APPEND, FakeAuditStore::failure, () -> appendNow(entries));
    }

    @Override
    public Optional<IndexRow> find(AuditSubject subject, String key) {
        return faults.around(Call.READ, FakeAuditStore::failure, () -> row(subject, key));
    }

    @Override
    public List<AuditEntry> list(AuditSubject subject, String afterKey, int limit) {
        return faults.around(Call.READ, FakeAuditStore::failure, () -> page(subject, afterKey, limit));
    }

    @Override
    public void scan(Consumer<StoredEntry> each) {
        entries().forEach(entry -> each.accept(new StoredEntry.Legible(entry)));
    }

    @Override
    public synchronized void scanIndex(Consumer<IndexRow> each) {
        index.forEach((subject, rows) ->
                rows.forEach((key, number) -> each.accept(new IndexRow(subject.toString(), key, number))));
    }

    private synchronized AuditHead currentHead() {
        return chain.isEmpty() ? AuditHead.EMPTY : chain.getLast().head();
    }

    private synchronized Append appendNow(List<AuditEntry> entries) {
        AuditHead head = currentHead();
        if (head.equals(entries.getLast().head())) {
            return new Append.Done();
        }
        if (!head.equals(entries.getFirst().before())) {
            return new Append.Behind();
        }
        var there = new HashSet<String>();
        for (AuditEntry entry : entries) {
            row(entry.act().subject(), entry.act().key()).ifPresent(row -> there.add(row.key()));
        }
        if (!there.isEmpty()) {
            return new Append.AlreadyThere(there);
        }
        for (AuditEntry entry : entries) {
            chain.add(entry);
            index.computeIfAbsent(entry.act().subject(), _ -> new TreeMap<>())
                    .put(entry.act().key(), entry.number());
        }
        return new Append.Done();
    }

    private synchronized Optional<IndexRow> row(AuditSubject subject, String key) {
        return Optional.ofNullable(rows(subject).get(key)).map(number -> new IndexRow(subject.toString(), key, number));
    }

    private synchronized List<AuditEntry> page(AuditSubject subject, String afterKey, int limit) {
        return rows(subject).tailMap(afterKey, false).values().stream()
                .limit(limit)
                .map(number -> chain.get(Math.toIntExact(number - 1)))
                .toList();
    }

    private NavigableMap<String, Long> rows(AuditSubject subject) {
        return index.getOrDefault(subject, new TreeMap<>());
    }

    private static StoreException failure() {
        return new StoreException("planned fault of the audit store");
    }
}
