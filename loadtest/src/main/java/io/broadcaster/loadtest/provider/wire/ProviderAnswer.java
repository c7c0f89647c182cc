package io.broadcaster.loadtest.provider.wire;

/** One answer, filled by its endpoint and reused for the next one. Confined to one connection. */
public final class ProviderAnswer {
    /** No body. */
    public static final byte[] EMPTY = {};

    /** What fits in one frame of any HTTP/2 client. */
    private static final int BODY_MAX = 16_384;

    /** What becomes of the stream. */
    enum Fate {
        ANSWERED,
        REFUSED,
        SILENT
    }

    private Fate fate = Fate.ANSWERED;
    private AnswerHead head;
    private byte[] value = EMPTY;
    private int valueFrom;
    private int valueLength;
    private byte[] body = EMPTY;

    /** An answer of this head without a body. */
    public ProviderAnswer(AnswerHead head) {
        this.head = head;
    }

    /** Another answer; the body may be shared: it is copied out before the endpoint's next call. */
    public ProviderAnswer set(AnswerHead newHead, byte[] newBody) {
        if (newBody.length > BODY_MAX) {
            throw new IllegalArgumentException(
                    "body must have at most " + BODY_MAX + " bytes, but had " + newBody.length);
        }
        fate = Fate.ANSWERED;
        head = newHead;
        body = newBody;
        valueLength = 0;
        return this;
    }

    /** The value of the head's open header. */
    public ProviderAnswer open(byte[] bytes, int from, int length) {
        if (length > AnswerHead.OPEN_VALUE_MAX) {
            throw new IllegalArgumentException(
                    "value must have at most " + AnswerHead.OPEN_VALUE_MAX + " bytes, but had " + length);
        }
        value = bytes;
        valueFrom = from;
        valueLength = length;
        return this;
    }

    /** No answer: the stream is refused as not processed. */
    public ProviderAnswer refused() {
        fate = Fate.REFUSED;
        return this;
    }

    /** No answer, ever. */
    public ProviderAnswer silent() {
        fate = Fate.SILENT;
        return this;
    }

    Fate fate() {
        return fate;
    }

    AnswerHead head() {
        return head;
    }

    byte[] value() {
        return value;
    }

    int valueFrom() {
        return valueFrom;
    }

    int valueLength() {
        return valueLength;
    }

    byte[] body() {
        return body;
    }
}
