package io.broadcaster.localcloud.sqs.http;

import com.fasterxml.jackson.core.JacksonException;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.localcloud.sqs.queue.MoveTasks;
import io.broadcaster.localcloud.sqs.queue.QueueRegistry;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS JSON 1.0: every call is a POST with its action in X-Amz-Target. Signatures are not checked.
 * Runs on the server's event loops and never blocks them. What goes wrong becomes an error of the API; only a bug of
 * ours is a 500, and logged.
 */
public final class SqsService implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(SqsService.class);
    private static final AsciiString TARGET = HttpHeaderNames.of("x-amz-target");
    private static final AsciiString QUERY_ERROR = HttpHeaderNames.of("x-amzn-query-error");
    private static final String TARGET_PREFIX = "AmazonSQS.";
    private static final MediaType AWS_JSON = MediaType.parse("application/x-amz-json-1.0");
    private static final ResponseHeaders OK =
            ResponseHeaders.builder(HttpStatus.OK).contentType(AWS_JSON).build();

    private final Map<String, Action> actions;

    public SqsService(QueueRegistry registry, MoveTasks moveTasks, String account) {
        this.actions = Actions.all(registry, moveTasks, account);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
        }
        return HttpResponse.of(request.aggregate().thenCompose(whole -> answer(ctx, whole)));
    }

    private CompletionStage<HttpResponse> answer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        CompletionStage<byte[]> answer;
        try {
            String target = request.headers().get(TARGET, "");
            Action action =
                    target.startsWith(TARGET_PREFIX) ? actions.get(target.substring(TARGET_PREFIX.length())) : null;
            if (action == null) {
                throw new Refusal(
                        ErrorCode.INVALID_ACTION, "The action " + target + " is not valid for this endpoint.");
            }
            answer = action.run(
                    request.content().array(), new Action.Caller(authority(request), ctx::whenRequestCancelling));
        } catch (JacksonException e) {
            answer = CompletableFuture.failedFuture(Json.malformed(e.getOriginalMessage()));
        } catch (Refusal | IOException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.handle(
                (json, failure) -> failure == null ? HttpResponse.of(OK, HttpData.wrap(json)) : error(failure));
    }

    /** HTTP/2 has :authority, HTTP/1.1 has Host; a caller with neither gets a URL that at least names this machine. */
    private static String authority(AggregatedHttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST, "127.0.0.1");
        return request.headers().get(HttpHeaderNames.AUTHORITY, host);
    }

    private static HttpResponse error(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof Refusal refusal)) {
            LOG.error("A request failed for a reason of ours", cause);
            return HttpResponse.of(HttpStatus.INTERNAL_SERVER_ERROR);
        }
        try {
            byte[] json = Json.write(error -> {
                error.writeStringField("__type", refusal.code().shape());
                error.writeStringField("message", refusal.reason());
            });
            ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.BAD_REQUEST)
                    .contentType(AWS_JSON)
                    .add(QUERY_ERROR, refusal.code().queryCode() + ";Sender")
                    .build();
            return HttpResponse.of(headers, HttpData.wrap(json));
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory failed", e);
        }
    }
}
