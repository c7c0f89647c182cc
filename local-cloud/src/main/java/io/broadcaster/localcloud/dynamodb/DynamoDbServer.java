package io.broadcaster.localcloud.dynamodb;

import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in memory, one database for every region and key, telemetry off.
 * The vendor's own launcher binds to all interfaces and wants a fixed port, so its handler runs in a Jetty of ours.
 * Any thread may call; at most {@link #THREADS_MAX} requests run at once, more wait in line. A failed start throws.
 */
public final class DynamoDbServer implements AutoCloseable {
    private static final int THREADS_MAX = 64;
    private static final int THREADS_MIN = 4;
    private static final int THREAD_IDLE_MILLIS = 60_000;
    private static final String HOST = "127.0.0.1";

    private final Server jetty;
    private final LocalDynamoDBServerHandler handler;
    private final URI endpoint;

    private DynamoDbServer(Server jetty, LocalDynamoDBServerHandler handler, URI endpoint) {
        this.jetty = jetty;
        this.handler = handler;
        this.endpoint = endpoint;
    }

    /** Starts on the loopback interface; port 0 takes any free one. */
    @SuppressWarnings("NullAway") // the vendor's "no path" (in memory) and "no CORS" are nulls
    public static DynamoDbServer start(int port) throws Exception {
        LocalDynamoDBServerHandler handler =
                new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN, THREAD_IDLE_MILLIS);
        threads.setName("dynamodb-local");
        threads.setDaemon(true);
        Server jetty = new Server(threads);
        ServerConnector connector = new ServerConnector(jetty, 1, 1);
        connector.setHost(HOST);
        connector.setPort(port);
        jetty.addConnector(connector);
        jetty.setHandler(new ContextHandler(handler, "/"));
        jetty.setStopTimeout(0);
        try {
            jetty.start();
        } catch (Exception e) {
            jetty.stop();
            handler.close();
            throw e;
        }
        return new DynamoDbServer(jetty, handler, URI.create("http://" + HOST + ":" + connector.getLocalPort()));
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDbServer did not stop", e);
        }
        handler.close();
    }
}
