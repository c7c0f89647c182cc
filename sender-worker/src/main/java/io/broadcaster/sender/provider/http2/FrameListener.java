package io.broadcaster.sender.provider.http2;

/** What a peer's frames say. Bytes are lent for the call. */
interface FrameListener {
    /** A whole header block, which {@code ends} the stream or not. */
    void headers(int stream, byte[] block, int offset, int length, boolean ends) throws ProtocolException;

    /** Content; {@code windowBytes} with padding is what it costs of the windows. */
    void data(int stream, byte[] bytes, int offset, int length, int windowBytes, boolean ends) throws ProtocolException;

    void reset(int stream, int code) throws ProtocolException;

    /** One setting of a SETTINGS frame. */
    void setting(int id, long value) throws ProtocolException;

    /** A SETTINGS frame has been read to its end. */
    void settingsEnd() throws ProtocolException;

    void ping(long opaque, boolean ack);

    void goAway(int lastStream, int code);

    void windowUpdate(int stream, int increment) throws ProtocolException;
}
