package io.broadcaster.localcloud.sqs.http;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One action of the API. It must not block: a receive that waits completes its stage later. */
interface Action {
    /** The answer's JSON. A {@link Refusal}, thrown or in the stage, becomes the error that the client sees. */
    CompletionStage<byte[]> run(byte[] body, Caller caller) throws IOException;

    /**
     * Who asks.
     *
     * @param authority host and port by which the client reached us; queue URLs are made with it
     * @param gone gives what completes when the client has left; only waits ask for it
     */
    record Caller(String authority, Supplier<? extends CompletionStage<?>> gone) {}
}
