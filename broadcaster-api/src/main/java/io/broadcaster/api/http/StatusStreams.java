package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.MediaType;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.api.progress.Status;
import io.broadcaster.api.progress.StatusFeed;
import io.broadcaster.campaign.CampaignId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The status as server-sent events: five a second while sending; otherwise when it has changed, and every two seconds, so
 * that whoever hears nothing knows that he knows nothing. A stream ends with its caller's session or token, also when
 * that is ended before its time. One virtual thread per stream, which waits for a slow reader and so keeps one event in memory; so many streams as there is
 * room for. Closing ends them all.
 */
public final class StatusStreams implements AutoCloseable {
    /** While sending, and while armed, so that who did not press sees the press at once. */
    static final Duration MOMENT = Duration.ofMillis(200);

    static final Duration OTHERWISE_EVERY = Duration.ofMillis(500);
    static final Duration REPEATED_EVERY = Duration.ofSeconds(2);

    private final StatusFeed feed;
    private final Room room;
    private final Executor threads;
    private final InstantSource clock;
    private final Predicate<Caller> holds;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();

    /** {@code holds}: whether a caller's session or token does, asked before each look. */
    public StatusStreams(StatusFeed feed, Room room, Executor threads, InstantSource clock, Predicate<Caller> holds) {
        this.feed = feed;
        this.room = room;
        this.threads = threads;
        this.clock = clock;
        this.holds = holds;
    }

    HttpResponse open(Call call) throws InterruptedException {
        CampaignId id = call.campaign();
        return switch (room.enter(call.principal())) {
            case NONE_FOR_CALLER ->
                Problem.tooMany("you have as many streams open as one may; close one", 1)
                        .response();
            case NONE ->
                Problem.of(Problem.Kind.BUSY, "too many streams are open; close one")
                        .response();
            case TAKEN -> admitted(call, id);
        };
    }

    private HttpResponse admitted(Call call, CampaignId id) throws InterruptedException {
        try {
            if (feed.status(id).isEmpty()) {
                leave(call.caller(), id);
                return Answers.missing(id);
            }
            call.context().clearRequestTimeout();
            HttpResponseWriter writer = HttpResponse.streaming();
            writer.write(Call.streamed(MediaType.EVENT_STREAM));
            threads.execute(() -> run(call.caller(), id, writer));
            return writer;
        } catch (RuntimeException | InterruptedException e) {
            leave(call.caller(), id);
            throw e;
        }
    }

    private void leave(Caller caller, CampaignId id) {
        feed.leave(id);
        room.leave(caller.name());
    }

    @Override
    public void close() {
        closing.complete(null);
    }

    private void run(Caller caller, CampaignId id, HttpResponseWriter writer) {
        try {
            stream(id, caller, writer);
            writer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            writer.close();
        } catch (RuntimeException | IOException | ExecutionException e) {
            writer.close(e);
        } finally {
            leave(caller, id);
        }
    }

    private void stream(CampaignId id, Caller caller, HttpResponseWriter writer)
            throws InterruptedException, IOException, ExecutionException {
        Optional<Status> last = Optional.empty();
        Duration silence = Duration.ZERO;
        while (writer.isOpen() && holds.test(caller)) {
            Instant begun = clock.instant();
            Optional<Status> status = feed.status(id);
            if (status.isEmpty()) {
                return;
            }
            boolean sending = status.get().sending();
            Optional<Status> timeless = status.map(Status::timeless);
            if (sending || !timeless.equals(last) || silence.compareTo(REPEATED_EVERY) >= 0) {
                last = timeless;
                silence = Duration.ZERO;
                Downloads.write(writer, event(status.get()));
            }
            Duration pause = sending || status.get().armed() ? MOMENT : OTHERWISE_EVERY;
            silence = silence.plus(pause);
            Duration spent = Duration.between(begun, clock.instant());
            if (waitOrClosing(pause.minus(spent))) {
                return;
            }
        }
    }

    private static HttpData event(Status status) {
        byte[] json = Json.write(status);
        var out = new ByteArrayOutputStream(json.length + 64);
        out.writeBytes("event: status\nid: ".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(Long.toString(status.version()).getBytes(StandardCharsets.UTF_8));
        out.writeBytes("\ndata: ".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(json);
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return HttpData.wrap(out.toByteArray());
    }

    private boolean waitOrClosing(Duration pause) throws InterruptedException, ExecutionException {
        try {
            closing.get(pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
