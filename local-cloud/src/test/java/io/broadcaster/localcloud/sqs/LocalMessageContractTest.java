package io.broadcaster.localcloud.sqs;

/** The contract on our own server. */
final class LocalMessageContractTest extends SqsMessageContract {
    @Override
    SqsEndpoint startServer() {
        return SqsEndpoint.ours();
    }
}
