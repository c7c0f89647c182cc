package io.broadcaster.localcloud.sqs;

import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.sqs.time.SystemTime;
import java.net.URI;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** The contract on our own server. */
final class LocalSqsContractTest extends SqsQueueContract {
    private static final long SEED = 7;

    private final SystemTime time = new SystemTime(InstantSource.system());
    private final SqsServer server = SqsServer.start(
            SqsConfig.of(0, LocalCloud.REGION, LocalCloud.ACCOUNT, 2), time, new SplittableRandom(SEED));

    @Override
    URI startServer() {
        return server.endpoint();
    }

    @Override
    void stopServer() {
        server.close();
        time.close();
    }
}
