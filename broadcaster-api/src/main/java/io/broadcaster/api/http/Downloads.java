package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long answers, each written on a thread of its own as fast as its reader reads, piece by piece; one that breaks off ends
 * without the final chunk. Bound: {@link #MAX} at once. Safe for any thread.
 */
public final class Downloads {
    /** At once; each holds a connection to the bucket. */
    public static final int MAX = 32;

    /** A reader who takes nothing for so long is given up. */
    static final Duration STALL_MAX = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

    private final Executor threads;
    private final Semaphore room = new Semaphore(MAX);

    public Downloads(Executor threads) {
        this.threads = threads;
    }

    /** Writes the whole of a download, and closes what it reads. */
    @FunctionalInterface
    interface Source {
        void writeTo(Sink sink) throws IOException, InterruptedException;
    }

    /** Takes the next piece once the one before has gone; IOException when the reader has gone, or reads nothing. */
    @FunctionalInterface
    interface Sink {
        void write(HttpData piece) throws IOException, InterruptedException;
    }

    /** The answer with these headers; {@code source} is asked once there is somebody who reads. */
    HttpResponse answer(Call call, ResponseHeaders headers, Source source) {
        if (!room.tryAcquire()) {
            return Problem.of(Problem.Kind.BUSY, "too many downloads are under way; repeat this one in a second")
                    .response();
        }
        call.context().clearRequestTimeout();
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(headers);
        threads.execute(() -> run(source, writer));
        return writer;
    }

    /** Downloads under way. */
    public int underWay() {
        return MAX - room.availablePermits();
    }

    /** Writes a piece and waits until it has gone. */
    static void write(HttpResponseWriter writer, HttpData piece) throws IOException, InterruptedException {
        if (!writer.tryWrite(piece)) {
            throw new IOException("the reader has gone");
        }
        try {
            writer.whenConsumed().get(STALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the reader has gone", e);
        } catch (TimeoutException e) {
            throw new IOException("the reader has read nothing for " + STALL_MAX.toSeconds() + " s", e);
        }
    }

    private void run(Source source, HttpResponseWriter writer) {
        try {
            source.writeTo(piece -> write(writer, piece));
            writer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            writer.close(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("a download broke off", e);
            writer.close(e);
        } finally {
            room.release();
        }
    }
}
