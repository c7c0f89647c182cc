package io.broadcaster.sender.send;

/** The device tokens of one batch by position. Safe for any thread while the batch is in work. */
public interface BatchTokens {
    /** Longest token in bytes. */
    int TOKEN_MAX = 512;

    /** Devices of the batch. */
    int devices();

    /** Copies a token in its stored form (iOS: raw bytes, Android: ASCII) to the start of {@code into}; answers its length. */
    int copyToken(int position, byte[] into);
}
