package io.broadcaster.localcloud.dynamodb;

import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in memory, on one database for every region and key. Its own main class wants libraries that we do not
 * have; ours takes the port: {@code java … io.broadcaster.localcloud.dynamodb.DynamoDbLocalServer [port]}.
 */
final class DynamoDbLocalServer {
    private final LocalDynamoDBServerHandler handler =
            new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    private DynamoDbLocalServer(int port) {
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        jetty.addConnector(connector);
        jetty.setHandler(new ContextHandler(handler, "/"));
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not start", e);
        }
    }

    /** Serves when this returns; port 0 takes any free one. */
    static DynamoDbLocalServer start(int port) {
        return new DynamoDbLocalServer(port);
    }

    public static void main(String[] args) throws InterruptedException {
        DynamoDbLocalServer server = start(args.length > 0 ? Integer.parseInt(args[0]) : 0);
        System.out.println(server.endpoint());
        server.jetty.join();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    void close() throws Exception {
        jetty.stop();
        handler.close();
    }
}
