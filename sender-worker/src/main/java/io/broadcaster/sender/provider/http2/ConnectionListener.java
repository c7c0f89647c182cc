package io.broadcaster.sender.provider.http2;

/** Who keeps a connection. Called on the connection's event loop. */
interface ConnectionListener {
    /** The warm-up was answered: requests may start. */
    void ready(BurstConnection connection);

    /** No further request starts on it: the peer goes away, or the ids are used up. What is open is still answered. */
    void retiring(BurstConnection connection);

    /** It is gone, and all its streams are answered; {@code why} is a sentence without secrets. */
    void closed(BurstConnection connection, String why);

    /** Streams may have become free. */
    void mayStartMore(BurstConnection connection);

    /** An attempt has answers to report. */
    void toReport(Attempt attempt);

    /** A device of an attempt was answered by itself. */
    void answered();
}
