package io.broadcaster.sender.provider.http2;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.delivery.SendOutcome.UnprocessedCause;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at some devices of a batch on its way through a loop: which of them are still to be started, and the accepted
 * ones that are not reported yet. An index counts within the attempt's positions. Confined to the loop.
 */
final class Attempt {
    static final SendOutcome WITHDRAWN = new SendOutcome.Unprocessed(UnprocessedCause.WITHDRAWN);

    private final @Nullable BatchRequest batch; // null: the warm-up, which is about no device
    private final RequestForm form;
    private final AnswerSink sink;
    private final int[] positions;
    private final long[] accepted; // a bit per index
    private boolean anyAccepted;
    private int next;

    Attempt(BatchRequest batch, RequestForm form, AnswerSink sink) {
        this(batch, form, sink, batch.positions());
    }

    private Attempt(@Nullable BatchRequest batch, RequestForm form, AnswerSink sink, int[] positions) {
        this.batch = batch;
        this.form = form;
        this.sink = sink;
        this.positions = positions;
        accepted = new long[Math.ceilDiv(positions.length, Long.SIZE)];
    }

    /** Stands for the warm-up of a connection, whose answer the connection keeps to itself. */
    static Attempt warmUp(RequestForm form) {
        return new Attempt(null, form, NOBODY, new int[0]);
    }

    /** Whether one more request may start. */
    boolean mayStart(Instant now) {
        return batch != null && batch.mayStart(now);
    }

    RequestForm form() {
        return form;
    }

    /** All its devices. */
    int size() {
        return positions.length;
    }

    /** Devices that are not started. */
    int left() {
        return positions.length - next;
    }

    /** The index of the device to start next. */
    int next() {
        return next;
    }

    /** Copies the next device's token in its stored form; answers its length. */
    int copyToken(byte[] into) {
        return batch == null ? 0 : batch.tokens().copyToken(positions[next], into);
    }

    /** The next device's number in the launch. */
    long ordinal() {
        return batch == null ? 0 : batch.key().deviceOrdinal(positions[next]);
    }

    /** The next device's request is being written. */
    void start() {
        if (next == 0) {
            sink.started();
        }
        next++;
    }

    /** Takes an acceptance for the next {@link #report}; true when it is the first one since the last. */
    boolean accept(int index) {
        boolean first = !anyAccepted;
        anyAccepted = true;
        accepted[index / Long.SIZE] |= 1L << index; // the shift is by index modulo 64
        return first;
    }

    /** Hands over what was accepted since the last report, in {@code into}, which has room for all; answers how many. */
    int report(int[] into) {
        int count = 0;
        for (int word = 0; word < accepted.length; word++) {
            for (long bits = accepted[word]; bits != 0; bits &= bits - 1) {
                into[count++] = positions[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
            }
            accepted[word] = 0;
        }
        anyAccepted = false;
        if (count > 0) {
            sink.accepted(into, count);
        }
        return count;
    }

    /** Answers a device that was started. */
    void answer(int index, SendOutcome outcome) {
        sink.answered(positions[index], outcome);
    }

    /** Answers all that is not started; answers how many. */
    int answerRest(SendOutcome outcome) {
        int rest = left();
        while (next < positions.length) {
            sink.answered(positions[next++], outcome);
        }
        return rest;
    }

    private static final AnswerSink NOBODY = new AnswerSink() {
        @Override
        public void started() {
            // no batch waits for it
        }

        @Override
        public void accepted(int[] positions, int count) {
            // no batch waits for it
        }

        @Override
        public void answered(int position, SendOutcome outcome) {
            // no batch waits for it
        }
    };
}
