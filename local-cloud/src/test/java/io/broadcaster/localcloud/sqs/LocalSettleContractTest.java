package io.broadcaster.localcloud.sqs;

/** The contract on our own server. */
final class LocalSettleContractTest extends SqsSettleContract {
    @Override
    SqsEndpoint startServer() {
        return SqsEndpoint.ours();
    }
}
