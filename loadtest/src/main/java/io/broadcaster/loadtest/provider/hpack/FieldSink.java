package io.broadcaster.loadtest.provider.hpack;

/** Takes the fields of one block in their order. */
public interface FieldSink {
    /** A field that may come again as the same object; its name may be OTHER or MALFORMED. */
    void field(HeaderField field);

    /** A value that differs each time, lent until the block ends; {@code name} is one that varies. */
    void slice(int name, byte[] bytes, int from, int length);

    /** A field that nobody reads: its name is OTHER or MALFORMED. */
    void unread(int name);
}
