package io.broadcaster.localcloud.dynamodb;

import io.broadcaster.localcloud.dynamodb.http.DynamoDbService;
import io.broadcaster.localcloud.dynamodb.table.Database;
import io.broadcaster.localcloud.loopback.LoopbackServer;
import io.broadcaster.localcloud.loopback.LoopbackServer.Listening;
import java.net.URI;

/**
 * The part of DynamoDB that the product uses, for the real SDK, in memory, on a loopback port. Any thread may call. Bound: the
 * heap, and {@link #REQUEST_BYTES_MAX} a request. A failed start throws.
 */
public final class DynamoDbServer implements AutoCloseable {
    /** 16 MB is DynamoDB's own limit of a batch write. */
    private static final long REQUEST_BYTES_MAX = 16L << 20;

    private final LoopbackServer server;

    private DynamoDbServer(LoopbackServer server) {
        this.server = server;
    }

    /** Starts on the loopback interface; port 0 takes any free one. */
    public static DynamoDbServer start(int port, int eventLoops) {
        var listening = new Listening("dynamodb", port, eventLoops, REQUEST_BYTES_MAX);
        return new DynamoDbServer(LoopbackServer.start(listening, new DynamoDbService(new Database())));
    }

    public URI endpoint() {
        return server.endpoint();
    }

    @Override
    public void close() {
        server.close();
    }
}
