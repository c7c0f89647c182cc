package io.broadcaster.localcloud.dynamodb;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;

/** The oracle: what Amazon's own stand-in does. */
final class DynamoDbLocalContractTest extends DynamoDbContract {
    private static final DynamoDbLocalServer SERVER = DynamoDbLocalServer.start(0);

    @AfterAll
    static void stop() throws Exception {
        SERVER.close();
    }

    @Override
    URI endpoint() {
        return SERVER.endpoint();
    }
}
