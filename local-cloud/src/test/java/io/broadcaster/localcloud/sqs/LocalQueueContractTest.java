package io.broadcaster.localcloud.sqs;

/** The contract on our own server. */
final class LocalQueueContractTest extends SqsQueueContract {
    @Override
    SqsEndpoint startServer() {
        return SqsEndpoint.ours();
    }
}
