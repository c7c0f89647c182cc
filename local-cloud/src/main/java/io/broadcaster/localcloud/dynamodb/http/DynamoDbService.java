package io.broadcaster.localcloud.dynamodb.http;

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
import io.broadcaster.localcloud.dynamodb.table.Database;
import io.broadcaster.localcloud.dynamodb.table.Refusal;
import io.broadcaster.localcloud.dynamodb.table.Refusal.Why;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS JSON 1.0: every call is a POST with its action in X-Amz-Target. Signatures are not checked. Runs on the server's event
 * loops and waits for nothing but the database's lock. What it does not know is refused; only a bug of ours is a 500, and logged.
 */
public final class DynamoDbService implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);
    private static final AsciiString TARGET = HttpHeaderNames.of("x-amz-target");
    private static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final String SHAPE = "com.amazonaws.dynamodb.v20120810#";
    private static final MediaType AWS_JSON = MediaType.parse("application/x-amz-json-1.0");
    private static final ResponseHeaders OK =
            ResponseHeaders.builder(HttpStatus.OK).contentType(AWS_JSON).build();
    private static final ResponseHeaders BAD_REQUEST = ResponseHeaders.builder(HttpStatus.BAD_REQUEST)
            .contentType(AWS_JSON)
            .build();

    private final Map<String, Action> actions;

    /** One action of the API. */
    private interface Action {
        byte[] run(byte[] body) throws IOException;
    }

    public DynamoDbService(Database database) {
        var items = new ItemActions(database);
        var batches = new BatchActions(database);
        var tables = new TableActions(database);
        actions = Map.ofEntries(
                Map.entry("GetItem", items::get),
                Map.entry("PutItem", items::put),
                Map.entry("DeleteItem", items::delete),
                Map.entry("Query", items::query),
                Map.entry("Scan", items::scan),
                Map.entry("TransactWriteItems", items::transactWrite),
                Map.entry("BatchGetItem", batches::get),
                Map.entry("BatchWriteItem", batches::write),
                Map.entry("CreateTable", tables::create),
                Map.entry("DescribeTable", tables::describe),
                Map.entry("DeleteTable", tables::delete),
                Map.entry("ListTables", tables::list),
                Map.entry("UpdateTimeToLive", tables::updateTimeToLive),
                Map.entry("DescribeTimeToLive", tables::describeTimeToLive));
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
        }
        return HttpResponse.of(request.aggregate().thenApply(this::answer));
    }

    private HttpResponse answer(AggregatedHttpRequest request) {
        try {
            return HttpResponse.of(
                    OK, HttpData.wrap(action(request).run(request.content().array())));
        } catch (Refusal refusal) {
            return HttpResponse.of(BAD_REQUEST, HttpData.wrap(error(refusal)));
        } catch (JacksonException e) {
            return HttpResponse.of(
                    BAD_REQUEST,
                    HttpData.wrap(error("SerializationException", e.getOriginalMessage())
                            .raw("}")
                            .bytes()));
        } catch (IOException | RuntimeException e) {
            LOG.error("A request failed for a reason of ours", e);
            return HttpResponse.of(HttpStatus.INTERNAL_SERVER_ERROR);
        }
    }

    private Action action(AggregatedHttpRequest request) {
        String target = request.headers().get(TARGET, "");
        String name = target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : "";
        return Optional.ofNullable(actions.get(name))
                .orElseThrow(() -> Refusal.invalid("The local DynamoDB does not know the action " + target));
    }

    private static byte[] error(Refusal refusal) {
        return switch (refusal.why()) {
            case Why.Invalid _ ->
                error("ValidationException", refusal.reason()).raw("}").bytes();
            case Why.TableUnknown _ ->
                error("ResourceNotFoundException", refusal.reason()).raw("}").bytes();
            case Why.TableExists _ ->
                error("ResourceInUseException", refusal.reason()).raw("}").bytes();
            case Why.ConditionFailed(var standing) -> {
                var json = error("ConditionalCheckFailedException", refusal.reason());
                standing.forEach(item -> json.raw(",\"Item\":").item(item));
                yield json.raw("}").bytes();
            }
            case Why.TransactionCancelled(var reasons) -> {
                var json =
                        error("TransactionCanceledException", refusal.reason()).raw(",\"CancellationReasons\":[");
                String comma = "";
                for (Refusal.Reason reason : reasons) {
                    json.raw(comma);
                    reason(json, reason);
                    comma = ",";
                }
                yield json.raw("]}").bytes();
            }
        };
    }

    private static void reason(AnswerJson json, Refusal.Reason reason) {
        if (!reason.conditionFailed()) {
            json.raw("{\"Code\":\"None\"}");
            return;
        }
        json.raw("{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"The conditional request failed\"");
        reason.standing().forEach(item -> json.raw(",\"Item\":").item(item));
        json.raw("}");
    }

    private static AnswerJson error(String type, String message) {
        return new AnswerJson()
                .raw("{\"__type\":")
                .text(SHAPE + type)
                .raw(",\"message\":")
                .text(message);
    }
}
