package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.campaign.InvalidInput;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What every route has in common: the host name and the principal are checked first, then there must be room among the
 * requests under way (a press is never turned away), then the body is read and the handler runs on a virtual thread.
 */
final class RouteService implements HttpService {
    private final Route route;
    private final Semaphore room;
    private final Executor threads;

    RouteService(Route route, Semaphore room, Executor threads) {
        this.route = route;
        this.room = room;
        this.threads = threads;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!Principals.isServed(request.headers())) {
            return refuse(request, Problem.Kind.MISDIRECTED, "this API answers to localhost, 127.0.0.1 and [::1] only");
        }
        Optional<String> principal;
        try {
            principal = Principals.of(request.headers());
        } catch (InvalidInput e) {
            request.abort();
            return Problem.of(e).response();
        }
        if (principal.isEmpty() && route.needsPrincipal()) {
            return refuse(request, Problem.Kind.NO_PRINCIPAL, "the header " + Principals.HEADER + " must name you");
        }
        return switch (route.body()) {
            case PRESS, ENDLESS_ANSWER -> answer(context, request, principal.orElse(""));
            case NONE, JSON, STREAMED, PUBLIC, PAGE -> answerIfRoom(context, request, principal.orElse(""));
        };
    }

    private HttpResponse answerIfRoom(ServiceRequestContext context, HttpRequest request, String principal) {
        if (!room.tryAcquire()) {
            return refuse(request, Problem.Kind.BUSY, "too many requests are under way; repeat this one in a second");
        }
        var _ = context.log().whenComplete().thenRun(room::release);
        return answer(context, request, principal);
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request, String principal) {
        if (route.body() == Route.Body.STREAMED) {
            return HttpResponse.of(CompletableFuture.supplyAsync(
                    () -> handle(new Call(context, request, principal, HttpData.empty())), threads));
        }
        return HttpResponse.of(request.aggregate()
                .thenApplyAsync(
                        body -> handle(
                                withBody(new Call(context, request, principal, body.content()), body.contentType())),
                        threads));
    }

    private Call withBody(Call call, @Nullable MediaType type) {
        boolean empty = call.body().isEmpty();
        if (route.body() != Route.Body.JSON) {
            // Clients send {} where nothing is asked; and no press fails for its body.
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

    private static HttpResponse refuse(HttpRequest request, Problem.Kind kind, String detail) {
        request.abort();
        return Problem.of(kind, detail).response();
    }
}
