package io.broadcaster.sender.provider.http2;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down each frame that it is told of, a line each. */
class ToldFrames implements FrameListener {
    final List<String> events = new ArrayList<>();

    @Override
    public void headers(int stream, byte[] block, int offset, int length, boolean ends) throws ProtocolException {
        events.add("headers " + stream + " " + hex(block, offset, length) + " " + ends);
    }

    @Override
    public void data(int stream, byte[] bytes, int offset, int length, int windowBytes, boolean ends)
            throws ProtocolException {
        events.add("data " + stream + " " + hex(bytes, offset, length) + " of " + windowBytes + " " + ends);
    }

    @Override
    public void reset(int stream, int code) {
        events.add("reset " + stream + " " + code);
    }

    @Override
    public void setting(int id, long value) {
        events.add("setting " + id + "=" + value);
    }

    @Override
    public void settingsEnd() {
        events.add("settings end");
    }

    @Override
    public void ping(long opaque, boolean ack) {
        events.add("ping " + opaque + " " + ack);
    }

    @Override
    public void goAway(int lastStream, int code) {
        events.add("go away " + lastStream + " " + code);
    }

    @Override
    public void windowUpdate(int stream, int increment) {
        events.add("window " + stream + " " + increment);
    }

    private static String hex(byte[] bytes, int offset, int length) {
        return HexFormat.of().formatHex(bytes, offset, offset + length);
    }
}
