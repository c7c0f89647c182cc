package io.broadcaster.localcloud.dynamodb.table;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The items of one table, in the order of their keys. Confined to the lock of its {@link Database}. */
final class TableState {
    /** Bytes of a page (DynamoDB), here of its JSON. */
    static final int PAGE_BYTES_MAX = 1 << 20;

    private final TableShape shape;
    private final NavigableMap<Key, Item> items = new TreeMap<>();
    private String expiry = "";

    TableState(TableShape shape) {
        this.shape = shape;
    }

    TableShape shape() {
        return shape;
    }

    long size() {
        return items.size();
    }

    String expiry() {
        return expiry;
    }

    void expiry(String attribute) {
        expiry = attribute;
    }

    Optional<Item> find(Key key) {
        return Optional.ofNullable(items.get(key));
    }

    void put(Item item) {
        items.put(item.key(), item);
    }

    void remove(Key key) {
        items.remove(key);
    }

    Page query(String partition, Optional<Key> after, int limit) {
        var from = after.map(last -> items.tailMap(last, false))
                .orElseGet(() -> items.tailMap(new Key(partition, ""), true));
        return page(from, key -> key.partition().equals(partition), _ -> true, limit);
    }

    Page scan(Optional<Key> after, int limit) {
        return page(after.map(last -> items.tailMap(last, false)).orElse(items), _ -> true, _ -> true, limit);
    }

    /** An index is a search through the table: ours are small. */
    Page searchBy(Condition.Term.Equal key, Optional<Key> after, int limit) {
        var wanted = new Condition(List.of(key), false);
        return page(
                after.map(last -> items.tailMap(last, false)).orElse(items),
                _ -> true,
                item -> wanted.holds(Optional.of(item)),
                limit);
    }

    private static Page page(NavigableMap<Key, Item> from, Predicate<Key> within, Predicate<Item> wanted, int limit) {
        var found = new ArrayList<Item>();
        long bytes = 0;
        for (Item item : from.values()) {
            if (!within.test(item.key())) {
                break;
            }
            if (!wanted.test(item)) {
                continue;
            }
            if (found.size() == limit || (bytes + item.json().length > PAGE_BYTES_MAX && !found.isEmpty())) {
                return new Page(found, Optional.of(found.getLast().key()));
            }
            found.add(item);
            bytes += item.json().length;
        }
        return new Page(found, Optional.empty());
    }

    /** ItemReader in order, and the last key when more may follow. */
    record Page(List<Item> items, Optional<Key> last) {}
}
