package io.broadcaster.localcloud.dynamodb.table;

/** An item's place: its partition, and within that its sort key, {@code ""} in a table without. Pages go in this order. */
public record Key(String partition, String sort) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
        int partitions = partition.compareTo(other.partition);
        return partitions != 0 ? partitions : sort.compareTo(other.sort);
    }
}
