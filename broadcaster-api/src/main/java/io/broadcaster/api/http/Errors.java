package io.broadcaster.api.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.api.audit.AuditUnavailableException;
import io.broadcaster.api.campaigns.AudienceTooLargeException;
import io.broadcaster.api.identity.IssuerUnavailableException;
import io.broadcaster.audience.ObjectStore.ObjectStoreException;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.task.TaskQueue.QueueException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ended a request into a problem. Only faults of ours are logged, without path, body or headers. */
final class Errors implements ServerErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    @Override
    public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return problem(Exceptions.peel(cause)).responseTo(context.request().headers());
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return ofStatus(status).aggregated();
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return headers == null
                ? ofStatus(status).aggregated()
                : ofStatus(status).aggregatedFor(headers);
    }

    private static Problem problem(Throwable cause) {
        return switch (cause) {
            case InvalidInput e -> Problem.of(e);
            case ForbiddenException e -> Problem.of(e);
            case IssuerUnavailableException e -> {
                LOG.warn("the issuer failed", e);
                yield Problem.of(
                        Problem.Kind.UNAVAILABLE, "the issuer that signs people in does not answer; repeat this");
            }
            case AudienceTooLargeException e -> Problem.of(Problem.Kind.TOO_LARGE, String.valueOf(e.getMessage()));
            case ContentTooLargeException e ->
                Problem.of(Problem.Kind.TOO_LARGE, "the body may have at most " + e.maxContentLength() + " bytes");
            case StoreException _, ObjectStoreException _, QueueException _ -> {
                LOG.warn("a store or queue failed", cause);
                yield Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "it is not known whether anything changed; the request may be repeated");
            }
            case AuditUnavailableException _ -> {
                LOG.warn("an act was refused", cause);
                yield Problem.of(
                        Problem.Kind.UNAVAILABLE,
                        "the audit log cannot be written, and without it nothing is changed; repeat the request");
            }
            case RequestTimeoutException _ ->
                Problem.of(Problem.Kind.UNAVAILABLE, "the request took too long; it may be repeated");
            case ClosedStreamException _ ->
                Problem.of(Problem.Kind.BAD_REQUEST, "the connection was closed before the request was whole");
            case UnsupportedTypeException e ->
                Problem.of(Problem.Kind.UNSUPPORTED_MEDIA_TYPE, String.valueOf(e.getMessage()));
            case HttpStatusException e -> ofStatus(e.httpStatus());
            default -> {
                LOG.error("a request failed", cause);
                yield Problem.of(Problem.Kind.INTERNAL, "the log says more");
            }
        };
    }

    private static Problem ofStatus(HttpStatus status) {
        return switch (status.code()) {
            case 404 -> Problem.of(Problem.Kind.NOT_FOUND, "GET /openapi.json lists what there is");
            case 405 -> Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "GET /openapi.json lists what there is");
            case 413 -> Problem.of(Problem.Kind.TOO_LARGE, "the body is longer than this path allows");
            case 415 -> Problem.of(Problem.Kind.UNSUPPORTED_MEDIA_TYPE, "the body must be of another type");
            case 503 -> Problem.of(Problem.Kind.UNAVAILABLE, "the request may be repeated");
            default ->
                status.isServerError()
                        ? Problem.of(Problem.Kind.INTERNAL, "the log says more")
                        : Problem.of(
                                Problem.Kind.BAD_REQUEST, "the request is not valid HTTP: " + status.reasonPhrase());
        };
    }
}
