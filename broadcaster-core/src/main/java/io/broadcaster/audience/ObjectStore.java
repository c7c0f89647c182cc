package io.broadcaster.audience;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * Immutable objects under keys. Safe for any thread; calls block; failures of the store surface as
 * {@link ObjectStoreException} after the client's own retries.
 */
public interface ObjectStore {
    /** Stores the object unless the key exists (conditional put). */
    Put putIfAbsent(String key, byte[] content);

    /** Opens an upload in parts of any size from {@link #PART_MIN} up (the last may be smaller); nothing shows before it is sealed. */
    Upload upload(String key);

    /** The size in bytes, or empty when there is no such object. */
    OptionalLong size(String key);

    /** The whole object as a stream; {@link MissingObjectException} when there is none. */
    InputStream open(String key);

    /** Fills {@code into} (heap or direct) from {@code offset}; {@link MissingObjectException} when absent or too short. */
    void read(String key, long offset, ByteBuffer into);

    /** Keys that start with {@code prefix}, in ascending order. */
    List<String> list(String prefix);

    /** Removes every object whose key starts with {@code prefix}. */
    void deleteAll(String prefix);

    /** Smallest part of a multipart upload but the last: 5 MiB (S3). */
    int PART_MIN = 5 << 20;

    /** Whether a conditional put stored its object. */
    enum Put {
        STORED,
        ALREADY_THERE
    }

    /** One multipart upload, used by one thread at a time. Closing it unsealed aborts it. */
    interface Upload extends AutoCloseable {
        /** Sends the next part; the remaining bytes of {@code part} are consumed before it returns. */
        void part(ByteBuffer part);

        /** Makes the object visible unless the key exists. */
        Put sealIfAbsent();

        @Override
        void close();
    }

    /** The store failed or refused; the message names key and operation. */
    class ObjectStoreException extends RuntimeException {
        public ObjectStoreException(String message, Throwable cause) {
            super(message, cause);
        }

        public ObjectStoreException(String message) {
            super(message);
        }
    }

    /** There is no such object, or it ends before the range asked for. */
    final class MissingObjectException extends ObjectStoreException {
        public MissingObjectException(String key) {
            super("no object, or too short, under key " + key);
        }
    }
}
