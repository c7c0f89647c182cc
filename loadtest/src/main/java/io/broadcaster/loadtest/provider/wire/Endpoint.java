package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldNames;

/** The provider behind one connection; called by that connection's event loop only, must not block. */
public interface Endpoint {
    /** The header names that it reads. */
    FieldNames names();

    /** A run of requests has come: what is judged until the next call is judged and journaled as of now. */
    void begin();

    /** Judges, journals and answers one request. The answer is lent until the next call. */
    ProviderAnswer answer(ProviderRequest request);

    /** How long the answer is held back, in nanoseconds from the request; may change at any time. */
    long answerNanos();

    /** Streams that the connection is granted; may change at any time. */
    int streamsMax();

    /** Requests after which the connection goes away; may change at any time. */
    int requestsMax();

    /** Bytes of a body that a rule can read: what is beyond is counted only. */
    int bodyMax();
}
