package io.broadcaster.localcloud.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.localcloud.Clients;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What DynamoDB does for the product, asked by the real SDK; both of our own server and of DynamoDB Local. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DynamoDbContract {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final String EPOCH = "epoch = :epoch";
    private static final String ABSENT = "attribute_not_exists(#partition)";

    private DynamoDbAsyncClient client;
    private String rows;

    abstract URI endpoint();

    @BeforeAll
    void connect() {
        client = Clients.dynamoDb(endpoint());
        rows = "rows-" + TABLES.incrementAndGet();
        client.createTable(TestTables.rows(rows)).join();
    }

    @AfterAll
    void disconnect() {
        client.close();
    }

    @Test
    void putItem_everyType_readsBackWhole() {
        var item = new HashMap<>(row("types", "a", 1));
        item.put("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})));
        item.put("flag", AttributeValue.fromBool(true));
        item.put("text", text("ä \"quoted\" \\ \n 😀"));
        item.put(
                "map", AttributeValue.fromM(Map.of("n", number(-1), "list", AttributeValue.fromL(List.of(text("x"))))));
        item.put("texts", AttributeValue.fromSs(List.of("a", "b")));

        client.putItem(b -> b.tableName(rows).item(item)).join();

        assertThat(find("types", "a")).isEqualTo(item);
    }

    @Test
    void getItem_nothingThere_hasNoItem() {
        assertThat(client.getItem(b -> b.tableName(rows).key(key("nobody", "x")))
                        .join()
                        .hasItem())
                .isFalse();
    }

    @Test
    void putItem_whereOneStands_replacesIt() {
        put(row("replaced", "a", 1));
        put(row("replaced", "a", 2));

        assertThat(find("replaced", "a")).isEqualTo(row("replaced", "a", 2));
    }

    @Test
    void putItem_conditionFails_tellsWhatStandsAndChangesNothing() {
        put(row("taken", "a", 1));

        assertThatThrownBy(() -> putIf(row("taken", "a", 2), ABSENT, Map.of()).join())
                .cause()
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        e -> assertThat(e.item()).isEqualTo(row("taken", "a", 1)));
        assertThat(find("taken", "a")).isEqualTo(row("taken", "a", 1));
    }

    @Test
    void putItem_conditionFailsAndNobodyAsked_tellsNothing() {
        put(row("silent", "a", 1));

        assertThatThrownBy(() -> client.putItem(b -> b.tableName(rows)
                                .item(row("silent", "a", 2))
                                .conditionExpression("epoch = :epoch")
                                .expressionAttributeValues(Map.of(":epoch", number(9))))
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        e -> assertThat(e.hasItem()).isFalse());
    }

    @Test
    void putItem_numbersOfTheSameWorth_areEqual() {
        var item = new HashMap<>(row("worth", "a", 1));
        item.put("epoch", AttributeValue.fromN("1.0"));
        put(item);

        putIf(row("worth", "a", 2), EPOCH, Map.of(":epoch", AttributeValue.fromN("01")))
                .join();

        assertThat(find("worth", "a")).isEqualTo(row("worth", "a", 2));
    }

    @Test
    void putItem_numberAgainstText_isNotEqual() {
        put(row("types-differ", "a", 1));

        assertRefused(
                () -> putIf(row("types-differ", "a", 2), EPOCH, Map.of(":epoch", text("1")))
                        .join(),
                ConditionalCheckFailedException.class);
    }

    @Test
    void putItem_equalityWhereNothingStands_fails() {
        assertRefused(
                () -> putIf(row("nothing", "a", 2), EPOCH, Map.of(":epoch", number(1)))
                        .join(),
                ConditionalCheckFailedException.class);
        assertThat(find("nothing", "a")).isEmpty();
    }

    @Test
    void putItem_allOfSeveralTerms_mustHold() {
        put(row("terms", "a", 1));

        putIf(row("terms", "a", 2), "attribute_exists(#partition) AND " + EPOCH, Map.of(":epoch", number(1)))
                .join();

        assertRefused(
                () -> putIf(row("terms", "a", 3), EPOCH + " AND " + ABSENT, Map.of(":epoch", number(2)))
                        .join(),
                ConditionalCheckFailedException.class);
    }

    @Test
    void putItem_racersUnderACondition_oneWins() {
        List<CompletableFuture<Boolean>> racers = IntStream.range(0, 32)
                .mapToObj(i -> putIf(row("race", "a", i), ABSENT, Map.of()).handle((_, failure) -> failure == null))
                .toList();

        assertThat(racers.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    @Test
    void putItem_withoutItsSortKey_isRefused() {
        assertRefused(
                () -> client.putItem(b -> b.tableName(rows).item(Map.of("partition", text("p"))))
                        .join(),
                DynamoDbException.class);
    }

    @Test
    void putItem_over400Kilobytes_isRefused() {
        var item = new HashMap<>(row("large", "a", 1));
        item.put("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[400 * 1024 + 1])));

        assertRefused(() -> put(item), DynamoDbException.class);
        item.put("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[399 * 1024])));
        put(item);
    }

    @Test
    void deleteItem_underACondition_tellsWhatItRemoved() {
        put(row("deleted", "a", 1));

        assertRefused(() -> delete("deleted", 9), ConditionalCheckFailedException.class);
        assertThat(delete("deleted", 1)).isEqualTo(row("deleted", "a", 1));
        assertThat(find("deleted", "a")).isEmpty();
        client.deleteItem(b -> b.tableName(rows).key(key("deleted", "a"))).join();
    }

    @Test
    void transactWriteItems_allConditionsHold_writesAll() {
        put(row("all", "1", 4));

        transact(List.of(
                        put(row("all", "0", 1), ABSENT, Map.of()),
                        put(row("all", "1", 5), EPOCH, Map.of(":epoch", number(4)))))
                .join();

        assertThat(query("all", 100).items()).containsExactly(row("all", "0", 1), row("all", "1", 5));
    }

    @Test
    void transactWriteItems_someConditionsFail_writesNoneAndTellsWhich() {
        put(row("some", "1", 7));

        assertThatThrownBy(() -> transact(List.of(
                                put(row("some", "0", 1), ABSENT, Map.of()),
                                put(row("some", "1", 1), ABSENT, Map.of()),
                                put(row("some", "2", 1), EPOCH, Map.of(":epoch", number(3)))))
                        .join())
                .cause()
                .isInstanceOfSatisfying(TransactionCanceledException.class, e -> {
                    assertThat(e.cancellationReasons())
                            .extracting(reason -> reason.code())
                            .containsExactly("None", "ConditionalCheckFailed", "ConditionalCheckFailed");
                    assertThat(e.cancellationReasons().get(1).item()).isEqualTo(row("some", "1", 7));
                    assertThat(e.cancellationReasons().get(2).item()).isEmpty();
                });
        assertThat(query("some", 100).items()).containsExactly(row("some", "1", 7));
    }

    @Test
    void transactWriteItems_sameItemTwice_isRefused() {
        assertRefused(
                () -> transact(List.of(
                                put(row("twice", "0", 1), ABSENT, Map.of()),
                                put(row("twice", "0", 2), ABSENT, Map.of())))
                        .join(),
                DynamoDbException.class);
    }

    @Test
    void transactWriteItems_aHundredAtMost() {
        transact(IntStream.range(0, 100)
                        .mapToObj(i -> put(row("hundred", "%03d".formatted(i), 1), ABSENT, Map.of()))
                        .toList())
                .join();

        assertThat(query("hundred", 1_000).items()).hasSize(100);
        assertRefused(
                () -> transact(IntStream.range(0, 101)
                                .mapToObj(i -> put(row("over", "%03d".formatted(i), 1), ABSENT, Map.of()))
                                .toList())
                        .join(),
                DynamoDbException.class);
    }

    @Test
    void query_pages_goOnWhereTheLastOneEnded() {
        for (int i = 0; i < 25; i++) {
            put(row("paged", "%02d".formatted(i), i));
        }
        put(row("paged-not", "00", 0));

        var sorts = new ArrayList<String>();
        Map<String, AttributeValue> from = Map.of();
        int pages = 0;
        do {
            QueryResponse page = query("paged", 10, from);
            page.items().forEach(item -> sorts.add(item.get("sort").s()));
            from = page.lastEvaluatedKey();
            pages++;
        } while (!from.isEmpty());

        assertThat(sorts)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj("%02d"::formatted).toList());
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void query_moreThanAMegabyte_comesInPages() {
        for (int i = 0; i < 4; i++) {
            var item = new HashMap<>(row("wide", "" + i, i));
            item.put("filler", text("x".repeat(350_000)));
            put(item);
        }

        QueryResponse first = query("wide", 100);

        assertThat(first.items()).hasSizeBetween(2, 3);
        assertThat(query("wide", 100, first.lastEvaluatedKey()).items())
                .hasSize(4 - first.items().size());
    }

    @Test
    void query_index_holdsKeysOnly() {
        String table = "indexed-" + TABLES.incrementAndGet();
        client.createTable(TestTables.indexed(table)).join();
        for (int i = 0; i < 6; i++) {
            var item = Map.of("id", text("i" + i), "state", text(i % 2 == 0 ? "EVEN" : "ODD"), "other", number(i));
            client.putItem(b -> b.tableName(table).item(item)).join();
        }
        client.putItem(b -> b.tableName(table).item(Map.of("id", text("stateless"))))
                .join();

        List<Map<String, AttributeValue>> found = client.query(b -> b.tableName(table)
                        .indexName("state-index")
                        .keyConditionExpression("#key = :value")
                        .expressionAttributeNames(Map.of("#key", "state"))
                        .expressionAttributeValues(Map.of(":value", text("ODD"))))
                .join()
                .items();

        assertThat(found)
                .containsExactlyInAnyOrder(
                        Map.of("id", text("i1"), "state", text("ODD")),
                        Map.of("id", text("i3"), "state", text("ODD")),
                        Map.of("id", text("i5"), "state", text("ODD")));
    }

    @Test
    void scan_pages_giveEveryItemOnce() {
        String table = "scanned-" + TABLES.incrementAndGet();
        client.createTable(TestTables.rows(table)).join();
        for (int i = 0; i < 23; i++) {
            var item = row("p" + i % 5, "s" + i, i);
            client.putItem(b -> b.tableName(table).item(item)).join();
        }

        var found = new ArrayList<Map<String, AttributeValue>>();
        client.scanPaginator(b -> b.tableName(table).limit(4))
                .items()
                .subscribe(found::add)
                .join();

        assertThat(found).hasSize(23).doesNotHaveDuplicates();
    }

    @Test
    void batchWriteItem_putsAndDeletes_areDoneAndBatchGetItemFindsThem() {
        put(row("batch", "gone", 1));
        List<WriteRequest> writes = new ArrayList<>(IntStream.range(0, 24)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(b -> b.item(row("batch", "k" + i, i)))
                        .build())
                .toList());
        writes.add(WriteRequest.builder()
                .deleteRequest(b -> b.key(key("batch", "gone")))
                .build());

        assertThat(client.batchWriteItem(b -> b.requestItems(Map.of(rows, writes)))
                        .join()
                        .unprocessedItems())
                .isEmpty();

        List<Map<String, AttributeValue>> keys = new ArrayList<>(
                IntStream.range(0, 24).mapToObj(i -> key("batch", "k" + i)).toList());
        keys.add(key("batch", "gone"));
        var answer = client.batchGetItem(b -> b.requestItems(Map.of(
                        rows,
                        KeysAndAttributes.builder()
                                .keys(keys)
                                .consistentRead(true)
                                .build())))
                .join();
        assertThat(answer.responses().get(rows)).hasSize(24);
        assertThat(answer.unprocessedKeys()).isEmpty();
    }

    @Test
    void batchWriteItem_tooManyOrTwice_isRefused() {
        List<WriteRequest> tooMany = IntStream.range(0, 26)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(b -> b.item(row("many", "k" + i, i)))
                        .build())
                .toList();
        List<WriteRequest> twice = List.of(tooMany.getFirst(), tooMany.getFirst());

        assertRefused(
                () -> client.batchWriteItem(b -> b.requestItems(Map.of(rows, tooMany)))
                        .join(),
                DynamoDbException.class);
        assertRefused(
                () -> client.batchWriteItem(b -> b.requestItems(Map.of(rows, twice)))
                        .join(),
                DynamoDbException.class);
    }

    @Test
    void createTable_twice_isRefusedAndAnUnknownOneIsNotFound() {
        assertRefused(() -> client.createTable(TestTables.rows(rows)).join(), ResourceInUseException.class);
        assertRefused(() -> client.describeTable(b -> b.tableName("nowhere")).join(), ResourceNotFoundException.class);
        assertRefused(
                () -> client.putItem(b -> b.tableName("nowhere").item(row("a", "b", 1)))
                        .join(),
                ResourceNotFoundException.class);
    }

    @Test
    void updateTimeToLive_isTold() {
        String table = "expiring-" + TABLES.incrementAndGet();
        client.createTable(TestTables.rows(table)).join();
        assertThat(client.describeTimeToLive(b -> b.tableName(table))
                        .join()
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.DISABLED);

        client.updateTimeToLive(b -> b.tableName(table)
                        .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")))
                .join();

        assertThat(client.describeTimeToLive(b -> b.tableName(table))
                        .join()
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expires");
    }

    private Map<String, AttributeValue> find(String partition, String sort) {
        return client.getItem(b -> b.tableName(rows).key(key(partition, sort)).consistentRead(true))
                .join()
                .item();
    }

    private void put(Map<String, AttributeValue> item) {
        client.putItem(b -> b.tableName(rows).item(item)).join();
    }

    private CompletableFuture<?> putIf(
            Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {
        TransactWriteItem put = put(item, condition, values);
        return client.putItem(b -> b.tableName(rows)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeNames(
                        put.put().hasExpressionAttributeNames() ? put.put().expressionAttributeNames() : null)
                .expressionAttributeValues(values.isEmpty() ? null : values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
    }

    private TransactWriteItem put(
            Map<String, AttributeValue> item, String condition, Map<String, AttributeValue> values) {
        return TransactWriteItem.builder()
                .put(b -> b.tableName(rows)
                        .item(item)
                        .conditionExpression(condition)
                        .expressionAttributeNames(condition.contains("#") ? Map.of("#partition", "partition") : null)
                        .expressionAttributeValues(values.isEmpty() ? null : values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private CompletableFuture<?> transact(List<TransactWriteItem> writes) {
        return client.transactWriteItems(b -> b.transactItems(writes));
    }

    private Map<String, AttributeValue> delete(String partition, int epoch) {
        return client.deleteItem(b -> b.tableName(rows)
                        .key(key(partition, "a"))
                        .conditionExpression(EPOCH)
                        .expressionAttributeValues(Map.of(":epoch", number(epoch)))
                        .returnValues(ReturnValue.ALL_OLD))
                .join()
                .attributes();
    }

    private QueryResponse query(String partition, int limit) {
        return query(partition, limit, Map.of());
    }

    private QueryResponse query(String partition, int limit, Map<String, AttributeValue> from) {
        return client.query(b -> b.tableName(rows)
                        .keyConditionExpression("#key = :value")
                        .expressionAttributeNames(Map.of("#key", "partition"))
                        .expressionAttributeValues(Map.of(":value", text(partition)))
                        .consistentRead(true)
                        .limit(limit)
                        .exclusiveStartKey(from.isEmpty() ? null : from))
                .join();
    }

    private static void assertRefused(ThrowingCallable call, Class<? extends Throwable> how) {
        assertThatThrownBy(call).isInstanceOf(CompletionException.class).hasCauseInstanceOf(how);
    }

    private static Map<String, AttributeValue> row(String partition, String sort, int epoch) {
        return Map.of("partition", text(partition), "sort", text(sort), "epoch", number(epoch));
    }

    private static Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of("partition", text(partition), "sort", text(sort));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }
}
