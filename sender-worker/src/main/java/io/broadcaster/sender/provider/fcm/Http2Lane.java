package io.broadcaster.sender.provider.fcm;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client, and so one HTTP/2 connection. As long as it is not open, one request at a time goes out: java.net.http would
 * open a connection for each. When that one cannot connect, those that waited for it fail as it did. Safe for any thread.
 */
final class Http2Lane {
    private final HttpClient client;
    private final Duration requestTimeout;
    private final Semaphore streams;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile boolean open;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable ExchangeFailure lastFailure;

    Http2Lane(HttpClient client, FcmConfig config) {
        this.client = client;
        requestTimeout = config.requestTimeout();
        streams = new Semaphore(config.streamsPerConnection());
    }

    Semaphore streams() {
        return streams;
    }

    boolean open() {
        return open;
    }

    void shutdown() {
        open = false;
        client.shutdownNow();
    }

    HttpResponse<byte[]> exchange(HttpRequest request) throws ExchangeFailure {
        return open ? send(request) : openWith(request);
    }

    private HttpResponse<byte[]> openWith(HttpRequest request) throws ExchangeFailure {
        int failuresBefore = failures.get();
        opening.lock();
        try {
            ExchangeFailure failed = lastFailure;
            if (!open && failures.get() != failuresBefore && failed != null) {
                throw failed.again();
            }
            if (!open) {
                return send(request);
            }
        } finally {
            opening.unlock();
        }
        return send(request);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws ExchangeFailure {
        try {
            HttpResponse<byte[]> response = await(client, request, requestTimeout);
            open = true;
            return response;
        } catch (IOException e) {
            ExchangeFailure failure = ExchangeFailure.of(e);
            open = false;
            if (failure.neverConnected()) {
                lastFailure = failure;
                failures.incrementAndGet();
            }
            throw failure;
        }
    }

    static HttpResponse<byte[]> await(HttpClient client, HttpRequest request, Duration timeout) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException("exchange failed", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + timeout);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
