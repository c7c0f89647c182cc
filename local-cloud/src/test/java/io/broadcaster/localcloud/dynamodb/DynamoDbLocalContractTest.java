package io.broadcaster.localcloud.dynamodb;

import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.junit.jupiter.api.AfterAll;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** The oracle: what Amazon's own stand-in does, in memory, on one database for every region and key. */
final class DynamoDbLocalContractTest extends DynamoDbContract {
    private static final LocalDynamoDBServerHandler HANDLER = handler();
    private static final Server JETTY = start();

    @AfterAll
    static void stop() throws Exception {
        JETTY.stop();
        HANDLER.close();
    }

    @Override
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + ((ServerConnector) JETTY.getConnectors()[0]).getLocalPort());
    }

    private static LocalDynamoDBServerHandler handler() {
        return new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
    }

    private static Server start() {
        var jetty = new Server();
        var connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.setHandler(new ContextHandler(HANDLER, "/"));
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not start", e);
        }
        return jetty;
    }
}
