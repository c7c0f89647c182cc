package io.broadcaster.localcloud.dynamodb.table;

import io.broadcaster.localcloud.dynamodb.table.Refusal.Reason;
import io.broadcaster.localcloud.dynamodb.table.Refusal.Why;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All tables. One lock, held for as long as a call works on items in memory, makes every call atomic: a transaction is then
 * nothing special, and every read is consistent. Any thread. Bound: the heap.
 */
public final class Database {
    private final Map<String, TableState> tables = new TreeMap<>();

    /** A table as it stands. */
    public record TableView(TableShape shape, long items, String expiry) {}

    /** One page of items; {@code last} is present when more may follow. */
    public record Found(TableShape shape, List<Item> items, Optional<Key> last) {}

    /** A put, done only where the condition holds. */
    public record Put(Item item, Condition condition, String table) {}

    /** One key of an index. */
    public record IndexKey(String name, Condition.Term.Equal key) {}

    /** Where to go on after a page, and how many items the next may have. */
    public record PageRequest(Optional<byte[]> after, int limit) {}

    public synchronized TableView create(TableShape shape) {
        if (tables.containsKey(shape.name())) {
            throw new Refusal(new Why.TableExists(), "Cannot create preexisting table");
        }
        tables.put(shape.name(), new TableState(shape));
        return view(shape.name());
    }

    public synchronized TableView view(String table) {
        TableState state = state(table);
        return new TableView(state.shape(), state.size(), state.expiry());
    }

    public synchronized TableView drop(String table) {
        TableView view = view(table);
        tables.remove(table);
        return view;
    }

    public synchronized List<String> names() {
        return List.copyOf(tables.keySet());
    }

    public synchronized void expire(String table, String attribute) {
        state(table).expiry(attribute);
    }

    public synchronized TableShape shape(String table) {
        return state(table).shape();
    }

    public synchronized Optional<Item> find(String table, Key key) {
        return state(table).find(key);
    }

    /** The items that stand under the keys. */
    public synchronized List<Item> find(String table, Collection<Key> keys) {
        TableState state = state(table);
        return keys.stream().map(state::find).flatMap(Optional::stream).toList();
    }

    /** Answers with what stood there. */
    public synchronized Optional<Item> put(Put put) {
        TableState state = state(put.table());
        Optional<Item> standing = state.find(put.item().key());
        require(put.condition(), standing);
        state.put(put.item());
        return standing;
    }

    /** Answers with what stood there. */
    public synchronized Optional<Item> remove(String table, Key key, Condition condition) {
        TableState state = state(table);
        Optional<Item> standing = state.find(key);
        require(condition, standing);
        state.remove(key);
        return standing;
    }

    /** All or none. */
    public synchronized void putAll(List<Put> puts) {
        var reasons = new ArrayList<Reason>(puts.size());
        var keys = new HashSet<List<Object>>();
        boolean cancelled = false;
        for (Put put : puts) {
            if (!keys.add(List.of(put.table(), put.item().key()))) {
                throw Refusal.invalid("Transaction request cannot include multiple operations on one item");
            }
            Optional<Item> standing = state(put.table()).find(put.item().key());
            boolean failed = !put.condition().holds(standing);
            cancelled |= failed;
            reasons.add(new Reason(failed, failed ? put.condition().told(standing) : List.of()));
        }
        if (cancelled) {
            throw new Refusal(
                    new Why.TransactionCancelled(reasons),
                    "Transaction cancelled, please refer cancellation reasons for specific reasons");
        }
        puts.forEach(put -> state(put.table()).put(put.item()));
    }

    public synchronized Found scan(String table, PageRequest request) {
        TableState state = state(table);
        return found(state, state.scan(after(state, request), request.limit()));
    }

    public synchronized Found query(String table, String partition, PageRequest request) {
        TableState state = state(table);
        return found(state, state.query(partition, after(state, request), request.limit()));
    }

    public synchronized Found queryIndex(String table, IndexKey index, PageRequest request) {
        TableState state = state(table);
        String attribute = state.shape().indexes().get(index.name());
        if (attribute == null) {
            throw Refusal.invalid("The table does not have the specified index: " + index.name());
        }
        if (!attribute.equals(index.key().attribute())) {
            throw Refusal.invalid("Query condition missed key schema element: " + attribute);
        }
        return found(state, state.searchBy(index.key(), after(state, request), request.limit()));
    }

    private static Optional<Key> after(TableState state, PageRequest request) {
        return request.after().map(json -> ItemReader.item(state.shape(), json).key());
    }

    private static Found found(TableState state, TableState.Page page) {
        return new Found(state.shape(), page.items(), page.last());
    }

    private static void require(Condition condition, Optional<Item> standing) {
        if (!condition.holds(standing)) {
            throw new Refusal(new Why.ConditionFailed(condition.told(standing)), "The conditional request failed");
        }
    }

    private TableState state(String table) {
        TableState state = tables.get(table);
        if (state == null) {
            throw new Refusal(new Why.TableUnknown(), "Cannot do operations on a non-existent table: " + table);
        }
        return state;
    }
}
