package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The calls on one table. Reads are strongly consistent unless said otherwise; a failure after the SDK's own retries is a
 * {@link StoreException} that names operation and table. Safe for any thread; blocks.
 */
final class Table {
    private final DynamoDbClient client;
    private final String name;
    private final Repeats.Pauses pauses;

    Table(DynamoDbClient client, String name, Repeats.Pauses pauses) {
        this.client = client;
        this.name = name;
        this.pauses = pauses;
    }

    /** What became of a conditional write. */
    sealed interface Answer {
        /** The write was done; {@code before} is what a delete removed. */
        record Done(Map<String, AttributeValue> before) implements Answer {}

        /** The condition did not hold; {@code current} is what stands there, empty when nothing does. */
        record Refused(Map<String, AttributeValue> current) implements Answer {}
    }

    /** A put that is done only where the condition holds. */
    record ConditionalPut(Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {}

    /** What became of a transaction, as one. */
    sealed interface Transaction {
        /** Every put was done. */
        record Done() implements Transaction {}

        /** None was done; a verdict on each put, in their order. */
        record Cancelled(List<Verdict> verdicts) implements Transaction {}

        /** DynamoDB does not take the request as it is, for the sake of some put in it. */
        record NotTaken() implements Transaction {}
    }

    /** Why a put of a cancelled transaction was not done. */
    sealed interface Verdict {
        /** Nothing against it: it only stood beside another. */
        record Free() implements Verdict {}

        /** Its condition did not hold; {@code current} is what stands there, empty when nothing does. */
        record Refused(Map<String, AttributeValue> current) implements Verdict {}

        /** Another transaction or a limit was in its way for the moment. */
        record Busy() implements Verdict {}
    }

    Optional<Map<String, AttributeValue>> find(Map<String, AttributeValue> key) {
        return call("read", () -> {
            var answer =
                    client.getItem(request -> request.tableName(name).key(key).consistentRead(true));
            return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
        });
    }

    void put(Map<String, AttributeValue> item) {
        call("write", () -> client.putItem(request -> request.tableName(name).item(item)));
    }

    Answer putIf(ConditionalPut put) {
        var request = PutItemRequest.builder()
                .tableName(name)
                .item(put.item())
                .conditionExpression(put.condition())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (!put.values().isEmpty()) {
            request.expressionAttributeValues(put.values());
        }
        return conditional("write", () -> {
            client.putItem(request.build());
            return Map.of();
        });
    }

    /** All of up to 100 puts of distinct items (4 MB), or none. The SDK repeats a lost call under its own token. */
    Transaction putAllIf(List<ConditionalPut> puts) {
        return call("transaction", () -> {
            try {
                client.transactWriteItems(request ->
                        request.transactItems(puts.stream().map(this::item).toList()));
                return new Transaction.Done();
            } catch (TransactionCanceledException e) {
                return new Transaction.Cancelled(Cancellation.verdicts(e, puts.size()));
            } catch (DynamoDbException e) {
                if (Cancellation.isNotTaken(e)) {
                    return new Transaction.NotTaken();
                }
                throw e;
            }
        });
    }

    private TransactWriteItem item(ConditionalPut put) {
        var write = Put.builder()
                .tableName(name)
                .item(put.item())
                .conditionExpression(put.condition())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (!put.values().isEmpty()) {
            write.expressionAttributeValues(put.values());
        }
        return TransactWriteItem.builder().put(write.build()).build();
    }

    void delete(Map<String, AttributeValue> key) {
        call(
                "delete",
                () -> client.deleteItem(request -> request.tableName(name).key(key)));
    }

    Answer deleteIf(Map<String, AttributeValue> key, String condition, Map<String, AttributeValue> values) {
        var request = DeleteItemRequest.builder()
                .tableName(name)
                .key(key)
                .conditionExpression(condition)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.ALL_OLD)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        return conditional("delete", () -> client.deleteItem(request.build()).attributes());
    }

    /** Feeds every item under the partition key to {@code each}, a page at a time. */
    void query(String key, String value, Consumer<Map<String, AttributeValue>> each) {
        pages(query(key, value).consistentRead(true), each);
    }

    /** A part of the items under a partition key: those after {@code after} (empty: from the first), at most {@code limit}. */
    record Page(String key, String value, Map<String, AttributeValue> after, int limit) {}

    /** Feeds one page to {@code each}. */
    void page(Page page, Consumer<Map<String, AttributeValue>> each) {
        var query = query(page.key(), page.value())
                .tableName(name)
                .consistentRead(true)
                .limit(page.limit());
        if (!page.after().isEmpty()) {
            query.exclusiveStartKey(page.after());
        }
        call("query", () -> client.query(query.build())).items().forEach(each);
    }

    /** The same through an index: eventually consistent, and only the attributes that the index holds. */
    void queryIndex(String index, String key, String value, Consumer<Map<String, AttributeValue>> each) {
        pages(query(key, value).indexName(index), each);
    }

    /** Feeds every item of the table to {@code each}, a page at a time. */
    void scan(Consumer<Map<String, AttributeValue>> each) {
        Map<String, AttributeValue> start = Map.of();
        do {
            var request = ScanRequest.builder().tableName(name).consistentRead(true);
            if (!start.isEmpty()) {
                request.exclusiveStartKey(start);
            }
            var page = call("scan", () -> client.scan(request.build()));
            page.items().forEach(each);
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!start.isEmpty());
    }

    /** The items under up to 100 distinct keys, unprocessed ones asked for again. */
    void batchFind(
            Collection<Map<String, AttributeValue>> keys,
            boolean consistent,
            Consumer<Map<String, AttributeValue>> each) {
        Map<String, KeysAndAttributes> open = keys.isEmpty()
                ? Map.of()
                : Map.of(
                        name,
                        KeysAndAttributes.builder()
                                .keys(keys)
                                .consistentRead(consistent)
                                .build());
        var repeats = new Repeats("batch read of table " + name, pauses);
        while (!open.isEmpty()) {
            Map<String, KeysAndAttributes> asked = open;
            BatchGetItemResponse answer =
                    call("batch read", () -> client.batchGetItem(request -> request.requestItems(asked)));
            answer.responses().getOrDefault(name, List.of()).forEach(each);
            open = answer.unprocessedKeys();
            if (!open.isEmpty()) {
                repeats.pause();
            }
        }
    }

    /** Writes up to 25 items under distinct keys, unprocessed ones again. */
    void batchPut(List<WriteRequest> writes) {
        Map<String, List<WriteRequest>> open = Map.of(name, writes);
        var repeats = new Repeats("batch write of table " + name, pauses);
        while (!open.isEmpty()) {
            Map<String, List<WriteRequest>> asked = open;
            BatchWriteItemResponse answer =
                    call("batch write", () -> client.batchWriteItem(request -> request.requestItems(asked)));
            open = answer.unprocessedItems();
            if (!open.isEmpty()) {
                repeats.pause();
            }
        }
    }

    private static QueryRequest.Builder query(String key, String value) {
        return QueryRequest.builder()
                .keyConditionExpression("#key = :value")
                .expressionAttributeNames(Map.of("#key", key))
                .expressionAttributeValues(Map.of(":value", Attributes.text(value)));
    }

    private void pages(QueryRequest.Builder query, Consumer<Map<String, AttributeValue>> each) {
        Map<String, AttributeValue> start = Map.of();
        do {
            if (!start.isEmpty()) {
                query.exclusiveStartKey(start);
            }
            var page = call("query", () -> client.query(query.tableName(name).build()));
            page.items().forEach(each);
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!start.isEmpty());
    }

    private Answer conditional(String operation, Supplier<Map<String, AttributeValue>> sdkCall) {
        return call(operation, () -> {
            try {
                return new Answer.Done(sdkCall.get());
            } catch (ConditionalCheckFailedException e) {
                return new Answer.Refused(e.hasItem() ? e.item() : Map.of());
            }
        });
    }

    private <T> T call(String operation, Supplier<T> sdkCall) {
        try {
            return sdkCall.get();
        } catch (SdkException e) {
            throw new StoreException(operation + " of table " + name + " failed", e);
        }
    }
}
