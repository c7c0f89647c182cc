package io.broadcaster.localcloud.sqs;

import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on ElasticMQ, which keeps the contract honest: what both do, we have not made up. */
@ExtendWith(SkipDifferences.class)
final class ElasticMqSettleContractTest extends SqsSettleContract {
    @Override
    SqsEndpoint startServer() {
        return SqsEndpoint.elasticMq();
    }

    @Override
    Set<String> codesInstead() {
        return Set.of("InvalidAttributeValue", "ReceiptHandleIsInvalid");
    }
}
