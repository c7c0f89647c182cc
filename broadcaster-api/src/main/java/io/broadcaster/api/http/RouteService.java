package io.broadcaster.api.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.api.http.ApiServer.Serving;
import io.broadcaster.api.http.Call.Admission;
import io.broadcaster.api.http.Callers.Entry.Entered;
import io.broadcaster.api.http.Callers.Entry.Refused;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.campaign.InvalidInput;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What every route has in common: the host name is checked first; then, on a virtual thread, the caller proves who he is,
 * there must be room inside for one more request of his, his roles are held against the act and his requests against the
 * limits, the body is read, and the handler runs. The press and what takes it back are never turned away for want of room;
 * only a token that must be verified first may find the press door full of strangers.
 */
final class RouteService implements HttpService {
    static final Problem BUSY =
            Problem.of(Problem.Kind.BUSY, "too many requests are under way; repeat this one in a second");

    private final Route route;
    private final Rooms rooms;
    private final Serving serving;

    /**
     * {@code door}: what anybody may ask for, and tokens that must be verified; {@code pressDoor}: such tokens of presses, and
     * of what takes a press back; {@code inside}: requests of those who have proved who they are.
     */
    record Rooms(Semaphore door, Semaphore pressDoor, Room inside) {}

    RouteService(Route route, Rooms rooms, Serving serving) {
        this.route = route;
        this.rooms = rooms;
        this.serving = serving;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!serving.callers().isServed(request.headers())) {
            return refuse(request, Problem.of(Problem.Kind.MISDIRECTED, "this API does not answer to that host name"));
        }
        return HttpResponse.of(CompletableFuture.supplyAsync(
                () -> route.needsCaller() ? answer(context, request) : published(context, request), serving.threads()));
    }

    /** Nothing of such a request but its path and its headers is read; it takes no room once the handler has answered. */
    private HttpResponse published(ServiceRequestContext context, HttpRequest request) {
        if (!rooms.door().tryAcquire()) {
            return refuse(request, BUSY);
        }
        try {
            Admission admission = serving.gate().admit(route, Caller.NOBODY, context);
            return handle(new Call(context, request, admission, HttpData.empty()));
        } finally {
            rooms.door().release();
        }
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        Semaphore door = route.body() == Route.Body.PRESS ? rooms.pressDoor() : rooms.door();
        return switch (serving.callers().enter(request.headers(), door)) {
            case Refused(Problem problem) ->
                refuse(request, serving.limits().stranger(context.clientAddress(), route.act(), problem));
            case Entered(Caller caller, Optional<String> cookie) ->
                cookie.map(value -> withCookie(entered(context, request, caller), value))
                        .orElseGet(() -> entered(context, request, caller));
        };
    }

    private HttpResponse entered(ServiceRequestContext context, HttpRequest request, Caller caller) {
        return serving.limits()
                .failedTooOften(caller, route.act(), context)
                .or(() -> withoutRoom(context, caller))
                .map(problem -> refuse(request, problem))
                .orElseGet(() -> admitted(context, request, caller));
    }

    /** That there is no room inside; where there is, it is taken until the answer is out. */
    private Optional<Problem> withoutRoom(ServiceRequestContext context, Caller caller) {
        if (!route.needsRoom()) {
            return Optional.empty();
        }
        return switch (rooms.inside().enter(caller.name())) {
            case NONE -> Optional.of(BUSY);
            case NONE_FOR_CALLER -> Optional.of(serving.limits().tooManyAtOnce());
            case TAKEN -> {
                var _ = context.log()
                        .whenComplete()
                        .thenRun(() -> rooms.inside().leave(caller.name()));
                yield Optional.empty();
            }
        };
    }

    private HttpResponse admitted(ServiceRequestContext context, HttpRequest request, Caller caller) {
        Admission admission;
        try {
            admission = serving.gate().admit(route, caller, context);
        } catch (ForbiddenException e) {
            return refuse(request, Problem.of(e));
        }
        Optional<Problem> tooMany = serving.limits().actsTooOften(caller, route.act());
        if (tooMany.isPresent()) {
            return refuse(request, tooMany.get());
        }
        if (route.body() == Route.Body.STREAMED) {
            return handle(new Call(context, request, admission, HttpData.empty()));
        }
        AggregatedHttpRequest whole = request.aggregate().join();
        return handle(withBody(new Call(context, request, admission, whole.content()), whole.contentType()));
    }

    /** What a handler sets itself, such as the end of the session, comes last and counts. */
    private static HttpResponse withCookie(HttpResponse response, String cookie) {
        return response.mapHeaders(headers -> headers.contains("set-cookie")
                ? headers
                : headers.toBuilder().add("set-cookie", cookie).build());
    }

    private Call withBody(Call call, @Nullable MediaType type) {
        boolean empty = call.body().isEmpty();
        if (route.body() != Route.Body.JSON) {
            // Clients send {} where nothing is asked; and neither press nor abort fails for its body.
            if (empty
                    || route.body() == Route.Body.PRESS
                    || call.body().toStringUtf8().strip().equals("{}")) {
                return call;
            }
            throw new InvalidInput("body", "must be empty here", call.body().length() + " bytes");
        }
        if (!empty && (type == null || !type.isJson())) {
            throw new UnsupportedTypeException("the body must be application/json");
        }
        return call;
    }

    private HttpResponse handle(Call call) {
        try {
            return route.handler().handle(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /**
     * A bounded body is drained before the answer goes: a client that is still writing it would see the stream reset, and no
     * reason. A streamed one is cut off by the server some time after the answer.
     */
    private HttpResponse refuse(HttpRequest request, Problem problem) {
        if (route.body() == Route.Body.STREAMED) {
            return problem.responseTo(request.headers());
        }
        return HttpResponse.of(request.subscribe().handle((_, _) -> problem.responseTo(request.headers())));
    }
}
