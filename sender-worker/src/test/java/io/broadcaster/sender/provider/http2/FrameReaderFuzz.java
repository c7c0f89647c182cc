package io.broadcaster.sender.provider.http2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes from a peer: frames and answers, or a ProtocolException; the same however the bytes are split; and what is
 * taken for a plain success at a glance is one to a full decoder.
 */
final class FrameReaderFuzz {
    @FuzzTest
    void read(byte[] bytes) {
        List<String> whole = heard(bytes, bytes.length);
        List<String> split = heard(bytes, 1);
        if (!whole.equals(split)) {
            throw new AssertionError("split otherwise it reads otherwise: " + whole + " and " + split);
        }
    }

    private static List<String> heard(byte[] bytes, int step) {
        var listener = new Recorder();
        var reader = new FrameReader(listener);
        try {
            for (int from = 0; from < bytes.length; from += step) {
                reader.read(Unpooled.wrappedBuffer(bytes, from, Math.min(step, bytes.length - from)));
            }
        } catch (ProtocolException e) {
            listener.events.add("ends with " + e.code());
        }
        return listener.events;
    }

    /** Writes down what it hears, and puts answers together as a connection does. */
    private static final class Recorder extends ToldFrames {
        private final Answers answers = new Answers();

        @Override
        public void headers(int stream, byte[] block, int offset, int length, boolean ends) throws ProtocolException {
            byte[] copy = Arrays.copyOfRange(block, offset, offset + length);
            super.headers(stream, block, offset, length, ends);
            boolean plain = AnswerBlock.isPlainSuccess(block, offset, length);
            var fresh = new Answers();
            if (plain) {
                requireSuccess(fresh.headers(1, copy, 0, length, true, true));
            }
            switch (answers.headers(stream, block, offset, length, ends, true)) {
                case Answers.Head.Read(var answer) -> answer.ifPresent(this::note);
                case Answers.Head.Malformed _ -> events.add("malformed " + stream);
            }
        }

        private static void requireSuccess(Answers.Head head) {
            boolean success = switch (head) {
                case Answers.Head.Read(var answer) ->
                    answer.filter(whole -> whole.status() == Answer.OK).isPresent();
                case Answers.Head.Malformed _ -> true; // a fault of the fields, which a glance does not look at
            };
            if (!success) {
                throw new AssertionError("taken for a success: " + head);
            }
        }

        @Override
        public void data(int stream, byte[] bytes, int offset, int length, int windowBytes, boolean ends)
                throws ProtocolException {
            super.data(stream, bytes, offset, length, windowBytes, ends);
            answers.data(stream, bytes, offset, length, ends).ifPresent(this::note);
        }

        private void note(Answer answer) {
            if (answer.body().length > Answer.BODY_MAX) {
                throw new AssertionError("a body of " + answer.body().length + " bytes was kept");
            }
            events.add("answer " + answer.status() + " " + answer.headers() + " " + answer.body().length);
        }

        @Override
        public void reset(int stream, int code) {
            super.reset(stream, code);
            answers.forget(stream);
        }
    }
}
