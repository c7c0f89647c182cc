package io.broadcaster.loadtest.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Where a service account gets its access token: plain HTTP on loopback, the same token for everybody. One thread. */
public final class TokenDesk implements AutoCloseable {
    private static final String PATH = "/token";
    private static final int OK = 200;
    private static final byte[] TOKEN = "{\"access_token\":\"wire\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            .getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;

    private TokenDesk(HttpServer server) {
        this.server = server;
    }

    /** Serves on any free port. */
    public static TokenDesk open() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(PATH, TokenDesk::give);
            server.start();
            return new TokenDesk(server);
        } catch (IOException e) {
            throw new UncheckedIOException("the token endpoint cannot listen", e);
        }
    }

    /** The {@code token_uri} of an account. */
    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + PATH);
    }

    private static void give(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(OK, TOKEN.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(TOKEN);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
