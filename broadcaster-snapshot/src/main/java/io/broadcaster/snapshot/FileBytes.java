package io.broadcaster.snapshot;

import java.nio.ByteBuffer;

/** The bytes of one snapshot file, already checked against the manifest's SHA-256. */
interface FileBytes {
    /** The object's key, for messages. */
    String name();

    /** Bytes in all. */
    long length();

    /** A view or copy of a range within the file, in little-endian order. */
    ByteBuffer slice(long offset, int length);
}
