package io.broadcaster.aws.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * A ledger table in memory that does plain and transacted puts under the ledger's two conditions, one call at a time, each
 * with the next fault of the plan. Calls can be held at the gate.
 */
final class ScriptedDynamo implements DynamoDbClient {
    final BlockingQueue<Fault> plan = new LinkedBlockingQueue<>();
    final Semaphore gate = new Semaphore(1);
    final Semaphore arrivals = new Semaphore(0);

    private final List<Integer> calls = new ArrayList<>();
    private final Map<List<String>, Map<String, AttributeValue>> items = new HashMap<>();

    /** What happens to a call. */
    enum Fault {
        NONE,
        /** Every item of the transaction is in another's way. */
        CONFLICT,
        /** Nothing happens, and no answer comes. */
        LOST_BEFORE,
        /** It is done, and no answer comes. */
        LOST_AFTER,
        /** What a closed connection pool throws. */
        CLOSED
    }

    /** The rows of each call so far, 0 for a plain put. */
    synchronized List<Integer> calls() {
        return List.copyOf(calls);
    }

    /** From now on no call gets on. */
    void closeGate() {
        gate.drainPermits();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        Fault fault = arrive(0);
        return perform(fault, () -> {
            var put = Put.builder()
                    .item(request.item())
                    .conditionExpression(request.conditionExpression())
                    .expressionAttributeValues(request.expressionAttributeValues())
                    .build();
            refuseInvalid(List.of(put));
            Optional<CancellationReason> reason = reason(put);
            if (reason.isPresent()) {
                throw ConditionalCheckFailedException.builder()
                        .item(reason.get().item())
                        .build();
            }
            store(put);
            return PutItemResponse.builder().build();
        });
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        List<Put> puts =
                request.transactItems().stream().map(item -> item.put()).toList();
        Fault fault = arrive(puts.size());
        if (fault == Fault.CONFLICT) {
            throw cancelled(puts.stream().map(_ -> code("TransactionConflict")).toList());
        }
        return perform(fault, () -> {
            refuseInvalid(puts);
            List<Optional<CancellationReason>> reasons =
                    puts.stream().map(this::reason).toList();
            if (reasons.stream().anyMatch(Optional::isPresent)) {
                throw cancelled(reasons.stream()
                        .map(reason -> reason.orElse(code("None")))
                        .toList());
            }
            puts.forEach(this::store);
            return TransactWriteItemsResponse.builder().build();
        });
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}

    private Fault arrive(int rows) {
        synchronized (this) {
            calls.add(rows);
        }
        arrivals.release();
        gate.acquireUninterruptibly();
        gate.release();
        return Objects.requireNonNullElse(plan.poll(), Fault.NONE);
    }

    private interface Effect<T> {
        T happen();
    }

    private synchronized <T> T perform(Fault fault, Effect<T> effect) {
        return switch (fault) {
            case NONE, CONFLICT -> effect.happen();
            case LOST_BEFORE -> throw SdkClientException.create("timed out");
            case LOST_AFTER -> {
                effect.happen();
                throw SdkClientException.create("timed out");
            }
            case CLOSED -> throw new IllegalStateException("connection pool shut down");
        };
    }

    /** An item without outcomes stands for one that DynamoDB does not take, as a too large one. */
    private static void refuseInvalid(List<Put> puts) {
        if (puts.stream().anyMatch(put -> put.item().get("outcomes").b().asByteArrayUnsafe().length == 0)) {
            throw DynamoDbException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ValidationException")
                            .build())
                    .message("item too large")
                    .build();
        }
    }

    private Optional<CancellationReason> reason(Put put) {
        Map<String, AttributeValue> current = items.getOrDefault(key(put), Map.of());
        boolean holds = put.expressionAttributeValues().containsKey(":epoch")
                ? put.expressionAttributeValues().get(":epoch").equals(current.get("epoch"))
                : current.isEmpty();
        return holds
                ? Optional.empty()
                : Optional.of(CancellationReason.builder()
                        .code("ConditionalCheckFailed")
                        .item(current)
                        .build());
    }

    private void store(Put put) {
        items.put(key(put), put.item());
    }

    private static List<String> key(Put put) {
        return List.of(
                put.item().get(LedgerTable.SHARD).s(),
                put.item().get(LedgerTable.BATCH).s());
    }

    private static TransactionCanceledException cancelled(List<CancellationReason> reasons) {
        return TransactionCanceledException.builder()
                .cancellationReasons(reasons)
                .build();
    }

    private static CancellationReason code(String code) {
        return CancellationReason.builder().code(code).build();
    }
}
