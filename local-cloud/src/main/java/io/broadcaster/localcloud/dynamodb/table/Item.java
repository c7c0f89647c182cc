package io.broadcaster.localcloud.dynamodb.table;

/** One item as it came: its JSON is kept and given out byte by byte, so that what was written reads back whole. */
@SuppressWarnings("ArrayRecordComponent") // shared by contract, never compared
public record Item(Key key, byte[] json) {}
