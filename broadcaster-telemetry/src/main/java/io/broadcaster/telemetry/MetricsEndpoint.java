package io.broadcaster.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.broadcaster.config.ConfigException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code GET /metrics} for Prometheus and {@code GET /healthz}; one virtual thread per request, nothing kept between. */
final class MetricsEndpoint implements AutoCloseable {
    private static final int BACKLOG_MAX = 64;

    private final HttpServer server;
    private final ExecutorService requests;

    private MetricsEndpoint(HttpServer server, ExecutorService requests) {
        this.server = server;
        this.requests = requests;
    }

    static MetricsEndpoint start(TelemetryConfig config, String worker, PrometheusMeterRegistry prometheus) {
        HttpServer server = open(config);
        ExecutorService requests = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("telemetry-http-", 0).factory());
        server.setExecutor(requests);
        server.createContext("/metrics", exchange -> answer(exchange, "/metrics", prometheus.scrape()));
        server.createContext("/healthz", exchange -> answer(exchange, "/healthz", "ok " + worker + "\n"));
        server.start();
        return new MetricsEndpoint(server, requests);
    }

    URI uri() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + shown + ":" + address.getPort() + "/metrics");
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private static HttpServer open(TelemetryConfig config) {
        try {
            return HttpServer.create(new InetSocketAddress(config.bind(), config.port()), BACKLOG_MAX);
        } catch (IOException e) {
            var problem = new ConfigException(List.of("telemetry.port must be free on telemetry.bind " + config.bind()
                    + " (0 takes any free port), but was '" + config.port() + "': " + e.getMessage()));
            problem.initCause(e);
            throw problem;
        }
    }

    private static void answer(HttpExchange exchange, String path, String text) throws IOException {
        try (exchange) {
            boolean found = exchange.getRequestURI().getPath().equals(path);
            boolean get = exchange.getRequestMethod().equals("GET");
            byte[] body = (found ? text : "not found\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            int status = found ? 200 : 404;
            if (get) {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.sendResponseHeaders(405, -1);
            }
        }
    }
}
