package io.broadcaster.sender.provider.http2;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.AmbiguousCause;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/2 connection from its handshake to its end: a warm-up request first, then as many requests as the peer allows,
 * each answered exactly once whatever becomes of the connection. Confined to its event loop. Bounds: the peer's streams and
 * windows, ours of {@link BurstConfig}; the channel's write buffer.
 */
final class BurstConnection extends ChannelInboundHandlerAdapter implements FrameListener {
    private static final Logger log = LoggerFactory.getLogger(BurstConnection.class);
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int RECEIVE_WINDOW = 16 << 20;

    /** Requests that one connection takes before the next one has its turn. */
    private static final int TURN_MAX = 250;

    private static final SendOutcome RESET = new SendOutcome.Ambiguous(AmbiguousCause.RESET);
    private static final SendOutcome MALFORMED = new SendOutcome.Ambiguous(AmbiguousCause.SERVER_ERROR);
    private static final SendOutcome TIMED_OUT = new SendOutcome.Ambiguous(AmbiguousCause.TIMED_OUT);
    private static final SendOutcome REFUSED = new SendOutcome.Unprocessed(UnprocessedCause.STREAM_REFUSED);
    private static final SendOutcome ABOVE_GOAWAY = new SendOutcome.Unprocessed(UnprocessedCause.ABOVE_GOAWAY);

    private final BurstConfig config;
    private final Provider provider;
    private final RequestForm warmUpForm;
    private final ConnectionListener listener;
    private final LoopClock clock;
    private final FrameReader reader = new FrameReader(this);
    private final StreamRing streams = new StreamRing();
    private final SendWindows windows = new SendWindows();
    private final RequestWriter requests = new RequestWriter(streams, windows);
    private final Answers answers = new Answers();
    private final Liveness liveness;

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Outbox out;
    private State state = State.OPENING;
    private @Nullable String why;
    private long peerStreamsMax = Integer.MAX_VALUE;
    private int warmUpStream;
    private int received;
    private boolean readable = true;

    private enum State {
        /** Until the peer's first SETTINGS. */
        OPENING,
        /** Until the warm-up is answered. */
        WARMING,
        READY,
        /** No new streams. */
        RETIRING,
        CLOSED
    }

    BurstConnection(
            BurstConfig config,
            Provider provider,
            RequestForm warmUpForm,
            ConnectionListener listener,
            LoopClock clock) {
        this.config = config;
        this.provider = provider;
        this.warmUpForm = warmUpForm;
        this.listener = listener;
        this.clock = clock;
        liveness = new Liveness(clock.millis());
    }

    /** Whether it would take a request now. */
    boolean takes() {
        return freeStreams() > 0 && windows.rest() == null && writable();
    }

    /** Starts as many of the attempt's requests as its turn allows; only while it {@link #takes} any. */
    int fill(Attempt attempt) {
        Outbox box = out;
        int most = Math.min(Math.min(freeStreams(), attempt.left()), TURN_MAX);
        if (box == null) {
            return 0;
        }
        int started = 0;
        int now = clock.millis();
        while (started < most && windows.rest() == null) {
            requests.writeNext(box, attempt, now);
            started++;
        }
        return started;
    }

    private int freeStreams() {
        if (state != State.READY || why != null) {
            return 0; // what is written after the end of TLS is lost, and would be ambiguous
        }
        long allowed = Math.min(peerStreamsMax, config.streamsMax());
        return (int) Math.min(allowed - streams.open(), streams.room());
    }

    private boolean writable() {
        return ctx != null && ctx.channel().isWritable();
    }

    /** Sends what was written. */
    void flush() {
        if (out != null) {
            out.flush();
        }
    }

    /** Ends requests without an answer in time, and a connection that does not live any more. */
    void sweep() {
        Outbox box = out;
        if (box == null || state == State.CLOSED) {
            return;
        }
        int now = clock.millis();
        for (int id = streams.oldest(); id < streams.next(); id += 2) {
            if (streams.attempt(id) == null) {
                continue;
            }
            if (now - streams.openedAt(id) < config.requestTimeout().toMillis()) {
                break;
            }
            box.frame(Frames.RST_STREAM, id, ProtocolException.CANCEL);
            end(id, TIMED_OUT, "the provider did not answer within " + config.requestTimeout());
        }
        switch (liveness.judge(now, streams.open() > 0 || state == State.OPENING)) {
            case ALIVE -> {}
            case DOUBTFUL -> box.ping(now, false);
            case DEAD -> close("the provider did not answer a PING");
        }
        if (streams.exhausted()) {
            retire();
        }
        closeWhenDone();
        flush();
    }

    /** Ends the connection; what is open is ambiguous. */
    void close(String reason) {
        why = why == null ? reason : why;
        if (ctx != null) {
            var _ = ctx.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                begin(context);
            } else {
                close("TLS failed: " + handshake.cause().getMessage());
            }
        }
    }

    private void begin(ChannelHandlerContext context) {
        var box = new Outbox(context);
        int at = box.reserve(PREFACE.length);
        System.arraycopy(PREFACE, 0, box.bytes(), at, PREFACE.length);
        // A table of no bytes makes every answer's head stand alone, and so recognisable at a glance.
        box.settings(Frames.SETTING_HEADER_TABLE_SIZE, 0, Frames.SETTING_ENABLE_PUSH, 0);
        box.frame(Frames.WINDOW_UPDATE, 0, RECEIVE_WINDOW - Frames.WINDOW_DEFAULT);
        out = box;
        flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        liveness.heard(clock.millis());
        try {
            if (readable) {
                readable = false; // stays so if it throws: what it holds was told before, in part
                reader.read(bytes);
                readable = true;
            }
        } catch (ProtocolException e) {
            log.warn("{}: the provider broke HTTP/2: {}", config.name(), e.getMessage());
            if (out != null) {
                out.goAway(e.code());
                out.flush();
            }
            close("the provider broke HTTP/2: " + e.getMessage());
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (out != null && received > RECEIVE_WINDOW / 2) {
            out.frame(Frames.WINDOW_UPDATE, 0, received);
            received = 0;
        }
        listener.mayStartMore(this);
        closeWhenDone();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (writable()) {
            listener.mayStartMore(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("{}: connection failed", config.name(), cause);
        close("the connection failed: " + cause.getMessage());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.CLOSED;
        String reason = why == null ? "the provider closed the connection" : why;
        for (int id = streams.oldest(); id < streams.next(); id += 2) {
            if (streams.attempt(id) != null) {
                end(id, RESET, reason);
            }
        }
        listener.closed(this, reason);
    }

    @Override
    public void headers(int stream, byte[] block, int offset, int length, boolean ends) throws ProtocolException {
        opened(stream);
        Attempt attempt = streams.attempt(stream);
        boolean plain = attempt != null && AnswerBlock.isPlainSuccess(block, offset, length);
        boolean begun = attempt != null && streams.succeeded(stream); // these are its trailers
        if (plain) {
            streams.succeed(stream);
        } else {
            boolean undecided = attempt != null && !begun;
            switch (answers.headers(stream, block, offset, length, ends, undecided)) {
                case Answers.Head.Read(Optional<Answer> whole) -> whole.ifPresent(answer -> answered(stream, answer));
                case Answers.Head.Malformed(String why) -> refuse(stream, why);
            }
            if (answers.hasBegunWell(stream)) {
                answers.forget(stream);
                streams.succeed(stream);
            }
        }
        if (attempt != null && ends && (plain || begun) && streams.attempt(stream) != null) {
            succeed(stream, attempt);
        }
    }

    /** Ends a stream whose answer makes no sense, and tells the peer; the connection goes on. */
    private void refuse(int stream, String fault) {
        if (out != null && streams.attempt(stream) != null) {
            out.frame(Frames.RST_STREAM, stream, ProtocolException.PROTOCOL_ERROR);
            end(stream, MALFORMED, "the provider's answer is malformed: " + fault);
        }
    }

    @Override
    public void data(int stream, byte[] bytes, int offset, int length, int windowBytes, boolean ends)
            throws ProtocolException {
        opened(stream);
        received += windowBytes;
        Attempt attempt = streams.attempt(stream);
        if (attempt == null) {
            return; // answered by ourselves before
        }
        if (streams.succeeded(stream)) {
            if (ends) {
                succeed(stream, attempt);
            }
            return;
        }
        answers.data(stream, bytes, offset, length, ends).ifPresent(answer -> answered(stream, answer));
    }

    private void opened(int stream) throws ProtocolException {
        if (streams.idle(stream)) {
            throw new ProtocolException(ProtocolException.PROTOCOL_ERROR, "an answer on a stream that was not opened");
        }
    }

    private void succeed(int stream, Attempt attempt) {
        int index = streams.index(stream);
        free(stream);
        if (stream == warmUpStream) {
            warmed(Answers.SUCCESS);
        } else if (attempt.accept(index)) {
            listener.toReport(attempt);
        }
    }

    private void answered(int stream, Answer answer) {
        Attempt attempt = streams.attempt(stream);
        if (attempt == null) {
            return;
        }
        if (answer.status() == Answer.OK) {
            succeed(stream, attempt);
            return;
        }
        if (stream == warmUpStream) {
            free(stream);
            warmed(answer);
        } else {
            int index = streams.index(stream);
            // before the stream is closed: if it throws, the connection's end answers the device
            SendOutcome outcome = provider.outcome(attempt.form(), answer, clock.now());
            free(stream);
            attempt.answer(index, outcome);
            listener.answered();
        }
    }

    /** Closes a stream that the peer has ended; a body that is not out yet is ended by us, or the stream stays half open. */
    private void free(int stream) {
        streams.close(stream);
        if (windows.forget(stream) && out != null) {
            out.frame(Frames.RST_STREAM, stream, ProtocolException.CANCEL);
        }
    }

    /** Ends an open stream without a whole answer. */
    private void end(int stream, SendOutcome outcome, String reason) {
        Attempt attempt = streams.attempt(stream);
        if (attempt == null) {
            return;
        }
        answers.forget(stream);
        windows.forget(stream);
        if (streams.succeeded(stream)) {
            succeed(stream, attempt);
            return;
        }
        int index = streams.index(stream);
        streams.close(stream);
        if (stream == warmUpStream) {
            close(reason);
        } else {
            attempt.answer(index, outcome);
            listener.answered();
        }
    }

    private void warmUp(Outbox box) {
        state = State.WARMING;
        warmUpStream = streams.next();
        requests.writeNext(box, Attempt.warmUp(warmUpForm), clock.millis());
    }

    private void warmed(Answer answer) {
        Optional<String> fault = provider.fault(answer);
        if (fault.isPresent()) {
            close(fault.get());
        } else if (state == State.WARMING) {
            state = State.READY;
            listener.ready(this);
        }
    }

    private void retire() {
        if (state != State.RETIRING && state != State.CLOSED) {
            state = State.RETIRING;
            listener.retiring(this);
        }
        closeWhenDone();
    }

    private void closeWhenDone() {
        if (state == State.RETIRING && streams.open() == 0) {
            close("the provider went away");
        }
    }

    @Override
    public void reset(int stream, int code) throws ProtocolException {
        opened(stream);
        end(stream, code == ProtocolException.REFUSED_STREAM ? REFUSED : RESET, "the provider reset the warm-up");
    }

    @Override
    public void setting(int id, long value) throws ProtocolException {
        switch (id) {
            case Frames.SETTING_MAX_CONCURRENT_STREAMS -> peerStreamsMax = value;
            case Frames.SETTING_INITIAL_WINDOW_SIZE -> windows.streamsStartAt(value);
            case Frames.SETTING_HEADER_TABLE_SIZE -> requests.resizeTable(value);
            default -> {} // frames are never larger than every peer takes, and the rest is not about what we send
        }
    }

    @Override
    public void settingsEnd() {
        Outbox box = out;
        if (box != null) {
            box.settings();
            if (state == State.OPENING) {
                warmUp(box);
            }
            requests.writeRest(box);
        }
    }

    @Override
    public void ping(long opaque, boolean ack) {
        if (out != null && !ack) {
            out.ping(opaque, true);
        }
    }

    @Override
    public void goAway(int lastStream, int code) {
        log.debug("{}: the provider goes away, code {}", config.name(), code);
        for (int id = streams.oldest(); id < streams.next(); id += 2) {
            if (id > lastStream && streams.attempt(id) != null) {
                end(id, ABOVE_GOAWAY, "the provider went away");
            }
        }
        retire();
    }

    @Override
    public void windowUpdate(int stream, int increment) throws ProtocolException {
        windows.grow(stream, increment);
        if (out != null) {
            requests.writeRest(out);
        }
    }
}
