package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

final class SendWindowsTest {
    private static final int STREAM = 5;
    private final SendWindows windows = new SendWindows();

    @Test
    void take_upToTheConnectionsWindow_thenNoMore() throws ProtocolException {
        windows.streamsStartAt(Integer.MAX_VALUE);

        assertThat(windows.take(Frames.WINDOW_DEFAULT)).isTrue();
        assertThat(windows.take(0)).isTrue();
        assertThat(windows.take(1)).isFalse();
        windows.grow(0, 1);
        assertThat(windows.take(1)).isTrue();
    }

    @Test
    void keep_smallStreamWindow_isSentAsThePeerAllows() throws ProtocolException {
        windows.streamsStartAt(10);
        assertThat(windows.take(11)).isFalse();
        windows.keep(STREAM, new byte[25]);

        assertThat(windows.sendable()).isEqualTo(10);
        windows.sent(10);
        assertThat(windows.sendable()).isZero();
        windows.grow(STREAM, 4);
        windows.grow(STREAM + 2, 100);
        assertThat(windows.sendable()).isEqualTo(4);
        windows.sent(4);
        windows.grow(STREAM, 1_000);
        assertThat(windows.sendable()).isEqualTo(11);
        windows.sent(11);
        assertThat(windows.rest()).isNull();
        // the connection's window paid for all of it
        windows.streamsStartAt(Integer.MAX_VALUE);
        assertThat(windows.take(Frames.WINDOW_DEFAULT - 25)).isTrue();
        assertThat(windows.take(1)).isFalse();
    }

    @Test
    void streamsStartAt_midWay_movesTheOpenStreamByTheDifference() throws ProtocolException {
        windows.streamsStartAt(10);
        windows.keep(STREAM, new byte[100]);
        windows.sent(10);
        windows.streamsStartAt(4); // RFC 9113, section 6.9.2: negative from here

        assertThat(windows.sendable()).isZero();
        windows.grow(STREAM, 6);
        assertThat(windows.sendable()).isZero();
        windows.grow(STREAM, 1);
        assertThat(windows.sendable()).isEqualTo(1);
        windows.streamsStartAt(20);
        assertThat(windows.sendable()).isEqualTo(17);
    }

    @Test
    void sendable_largeRest_isOneFrameAtATime() throws ProtocolException {
        windows.streamsStartAt(0);
        windows.keep(STREAM, new byte[20_000]);
        windows.streamsStartAt(30_000);

        assertThat(windows.sendable()).isEqualTo(Frames.PAYLOAD_MAX);
    }

    @Test
    void forget_ofTheRestsStream_dropsIt() throws ProtocolException {
        windows.streamsStartAt(1);
        windows.keep(STREAM, new byte[10]);
        windows.forget(STREAM + 2);
        assertThat(windows.rest()).isNotNull();
        windows.forget(STREAM);

        assertThat(windows.rest()).isNull();
        assertThat(windows.sendable()).isZero();
    }

    @Test
    void grow_beyondTheProtocol_isRefused() throws ProtocolException {
        windows.grow(0, Integer.MAX_VALUE - Frames.WINDOW_DEFAULT);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> windows.grow(0, 1))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.FLOW_CONTROL_ERROR));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> windows.grow(STREAM, 0))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.PROTOCOL_ERROR));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> windows.streamsStartAt(1L << 31))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.FLOW_CONTROL_ERROR));
    }
}
