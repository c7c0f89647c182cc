package io.broadcaster.loadtest.provider.wire;

/** The provider behind one connection; called by that connection's event loop only, must not block. */
public interface Endpoint {
    /** Judges, journals and answers one request. */
    ProviderAnswer answer(ProviderRequest request);

    /** How long the answer is held back, in nanoseconds from the request; may change at any time. */
    long answerNanos();

    /** Bytes of a body that a rule can read: what is beyond is counted only. */
    int bodyMax();
}
