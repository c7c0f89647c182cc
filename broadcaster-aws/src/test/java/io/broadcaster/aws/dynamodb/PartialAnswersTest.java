package io.broadcaster.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.testkit.Fixtures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Batch calls that DynamoDB answers in part are repeated for the rest, after growing pauses, a bounded number of times. */
final class PartialAnswersTest {
    private static final String NAME = "devices";

    private final NoWaits clock = new NoWaits();
    private final Repeats.Pauses pauses = new Repeats.Pauses(new Random(1), clock);

    @Test
    void find_answersOfThreeKeysEach_findsEveryUser() {
        var dynamo = new StingyDynamo(3);
        var devices = new DeviceTable(new Table(dynamo, NAME, pauses));
        Map<UserId, List<Device>> all = users(20);
        devices.put(all);

        assertThat(devices.find(all.keySet())).isEqualTo(all);
        assertThat(dynamo.reads).hasValue(7);
    }

    @Test
    void find_forALoad_mayLagAndTheLatestMayNot() {
        var dynamo = new StingyDynamo(3);
        var devices = new DeviceTable(new Table(dynamo, NAME, pauses));

        Map<UserId, List<Device>> one = users(1);
        devices.put(one);

        assertThat(devices.find(one.keySet())).isEqualTo(one);
        assertThat(dynamo.consistent).isFalse();
        assertThat(devices.findLatest(one.keySet())).isEqualTo(one);
        assertThat(dynamo.consistent).isTrue();
    }

    @Test
    void put_writesOfThreeItemsEach_writesEveryUser() {
        var dynamo = new StingyDynamo(3);
        var devices = new DeviceTable(new Table(dynamo, NAME, pauses));

        devices.put(users(25));

        assertThat(dynamo.items).hasSize(25);
    }

    @Test
    void find_neverAnyKey_givesUpAfterItsBound() {
        var devices = new DeviceTable(new Table(new StingyDynamo(0), NAME, pauses));

        assertThatThrownBy(() -> devices.find(users(1).keySet()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("after " + Repeats.MAX + " repeats");
        assertThat(clock.slept).hasSize(Repeats.MAX).allMatch(pause -> pause.compareTo(Repeats.PAUSE_MOST) <= 0);
    }

    private static Map<UserId, List<Device>> users(int count) {
        var users = new HashMap<UserId, List<Device>>();
        for (int i = 0; i < count; i++) {
            users.put(Fixtures.user(i), List.of(Fixtures.device(Platform.IOS, i, Fixtures.ENGLISH)));
        }
        return users;
    }

    /** Processes a few keys or items of each batch call and leaves the rest. */
    private static final class StingyDynamo implements DynamoDbClient {
        private final int perCall;
        private final AtomicInteger reads = new AtomicInteger();
        private volatile boolean consistent;
        private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new ConcurrentHashMap<>();

        StingyDynamo(int perCall) {
            this.perCall = perCall;
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            reads.incrementAndGet();
            KeysAndAttributes asked =
                    Objects.requireNonNull(request.requestItems().get(NAME));
            consistent = Boolean.TRUE.equals(asked.consistentRead());
            List<Map<String, AttributeValue>> keys = asked.keys();
            int done = Math.min(perCall, keys.size());
            var answer = BatchGetItemResponse.builder()
                    .responses(Map.of(
                            NAME, keys.subList(0, done).stream().map(items::get).toList()));
            return done == keys.size()
                    ? answer.build()
                    : answer.unprocessedKeys(Map.of(
                                    NAME,
                                    KeysAndAttributes.builder()
                                            .keys(keys.subList(done, keys.size()))
                                            .build()))
                            .build();
        }

        @Override
        public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
            List<WriteRequest> writes =
                    Objects.requireNonNull(request.requestItems().get(NAME));
            int done = Math.min(perCall, writes.size());
            for (WriteRequest write : writes.subList(0, done)) {
                Map<String, AttributeValue> item = write.putRequest().item();
                items.put(Map.of(DeviceTable.USER, item.get(DeviceTable.USER)), item);
            }
            var answer = BatchWriteItemResponse.builder();
            return done == writes.size()
                    ? answer.build()
                    : answer.unprocessedItems(Map.of(NAME, writes.subList(done, writes.size())))
                            .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
