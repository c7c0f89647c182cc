package io.broadcaster.localcloud.sqs;

import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.sqs.time.SystemTime;
import java.net.URI;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** A server under the contract. */
interface SqsEndpoint extends AutoCloseable {
    URI uri();

    @Override
    void close();

    static SqsEndpoint ours() {
        SystemTime time = new SystemTime(InstantSource.system());
        SqsServer server = SqsServer.start(
                SqsConfig.of(0, LocalCloud.REGION, LocalCloud.ACCOUNT, 2), time, new SplittableRandom());
        return new SqsEndpoint() {
            @Override
            public URI uri() {
                return server.endpoint();
            }

            @Override
            public void close() {
                server.close();
                time.close();
            }
        };
    }

    static SqsEndpoint elasticMq() {
        SQSRestServer server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .withAWSRegion(LocalCloud.REGION)
                .start();
        int port = server.waitUntilStarted().localAddress().getPort();
        return new SqsEndpoint() {
            @Override
            public URI uri() {
                return URI.create("http://127.0.0.1:" + port);
            }

            @Override
            public void close() {
                server.stopAndWait();
            }
        };
    }
}
