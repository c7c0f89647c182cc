package io.broadcaster.sender.provider.http2;

import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchTokens;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * What the burst sender does per notification, taken out of its connection for micro-benchmarks: no socket, no TLS, no provider.
 * Each object is confined to one thread.
 */
public final class WirePieces {
    private WirePieces() {}

    /** Writes the requests of one batch, whose tokens are all as long, into the buffers that would go to TLS. */
    public static final class Requests implements AutoCloseable {
        private final BatchRequest batch;
        private final RequestForm form;
        private final AnswerSink sink;
        private final int bodyBytes;
        private final StreamRing streams = new StreamRing();
        private final SendWindows windows = new SendWindows();
        private final RequestWriter writer = new RequestWriter(streams, windows);
        private final Drain drain = new Drain();
        private final EmbeddedChannel channel = new EmbeddedChannel(drain, new ChannelOutboundHandlerAdapter());
        private final Outbox box = new Outbox(channel.pipeline().lastContext());

        /** {@code sink} hears that the batch starts, and nothing more. */
        public Requests(BatchRequest batch, RequestForm form, AnswerSink sink) throws ProtocolException {
            this.batch = batch;
            this.form = form;
            this.sink = sink;
            int tokenLength = batch.tokens().copyToken(batch.positions()[0], new byte[BatchTokens.TOKEN_MAX]);
            bodyBytes = batch.positions().length * form.bodyLength(tokenLength);
            windows.grow(0, bodyBytes);
        }

        /** Opens a stream per position, writes its request, and closes the stream; answers with all bytes written. */
        public long write() throws ProtocolException {
            var attempt = new Attempt(batch, form, sink);
            long before = drain.bytes;
            int first = streams.next();
            while (attempt.left() > 0) {
                writer.writeNext(box, attempt, 0);
            }
            box.flush();
            windows.grow(0, bodyBytes);
            for (int stream = first; stream < streams.next(); stream += 2) {
                streams.close(stream);
            }
            return drain.bytes - before;
        }

        @Override
        public void close() {
            channel.finishAndReleaseAll();
        }
    }

    /** Where the bytes end. */
    private static final class Drain extends ChannelOutboundHandlerAdapter {
        private long bytes;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            bytes += ((ByteBuf) message).readableBytes();
            ReferenceCountUtil.release(message);
            promise.setSuccess();
        }
    }

    /** Reads a provider's answers: the common ones at a glance, the others in full. */
    public static final class Reading {
        private final Answers answers = new Answers();
        private final Counting counting = new Counting();
        private final FrameReader reader = new FrameReader(counting);

        /** Answers how many ended. {@code frames} is read to its end and stays the caller's. */
        public int read(ByteBuf frames) throws ProtocolException {
            counting.ended = 0;
            reader.read(frames);
            return counting.ended;
        }

        /** Whether the last answer was no plain success. */
        public boolean inFull() {
            return counting.inFull;
        }

        private final class Counting implements FrameListener {
            private int ended;
            private boolean inFull;

            @Override
            public void headers(int stream, byte[] block, int offset, int length, boolean ends)
                    throws ProtocolException {
                inFull = !AnswerBlock.isPlainSuccess(block, offset, length);
                if (inFull) {
                    var _ = answers.headers(stream, block, offset, length, ends, true);
                }
                ended += ends ? 1 : 0;
            }

            @Override
            public void data(int stream, byte[] bytes, int offset, int length, int windowBytes, boolean ends)
                    throws ProtocolException {
                if (inFull) {
                    var _ = answers.data(stream, bytes, offset, length, ends);
                }
                ended += ends ? 1 : 0;
            }

            @Override
            public void reset(int stream, int code) {}

            @Override
            public void setting(int id, long value) {}

            @Override
            public void settingsEnd() {}

            @Override
            public void ping(long opaque, boolean ack) {}

            @Override
            public void goAway(int lastStream, int code) {}

            @Override
            public void windowUpdate(int stream, int increment) {}
        }
    }
}
