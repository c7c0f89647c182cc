package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.LedgerStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Ledger rows: key {@code launchShard} = launch#(batch mod 16), so that a launch spreads over DynamoDB's partitions (1,000 writes
 * per second each), and {@code batch} = platform#number. Times are kept in milliseconds. Rows expire {@link #KEPT} after
 * their last write. Writes of many threads go in groups ({@link GroupCommit}); each waits for its own answer.
 */
final class LedgerTable implements LedgerStore {
    static final String SHARD = "launchShard";
    static final String BATCH = "batch";

    /** Parts of a launch: 16,000 rows per second where one partition takes 1,000. Part of the stored form. */
    static final int SHARDS = 16;

    /** How long outcomes can be exported. */
    private static final Duration KEPT = Duration.ofDays(400);

    private static final String EPOCH = "epoch";
    private static final String OWNER = "owner";
    private static final String OUTCOMES = "outcomes";

    private final Table table;
    private final GroupCommit commit;
    private final InstantSource clock;

    LedgerTable(Table table, GroupCommit commit, InstantSource clock) {
        this.table = table;
        this.commit = commit;
        this.clock = clock;
    }

    @Override
    public Optional<LedgerRow> read(BatchKey key) {
        return table.find(key(key)).map(item -> row(key, item));
    }

    @Override
    public Write write(LedgerRow row, int expectedEpoch) {
        return switch (commit.put(row.key(), conditional(row, expectedEpoch))) {
            case Table.Answer.Done _ -> Write.WRITTEN;
            case Table.Answer.Refused(var current) -> isOurs(row, current) ? Write.WRITTEN : Write.SUPERSEDED;
        };
    }

    @Override
    public void scan(LaunchId launch, Consumer<LedgerRow> each) {
        for (int shard = 0; shard < SHARDS; shard++) {
            table.query(SHARD, launch + "#" + shard, item -> each.accept(row(batchKey(launch, item), item)));
        }
    }

    private Table.ConditionalPut conditional(LedgerRow row, int expectedEpoch) {
        return expectedEpoch == ABSENT
                ? new Table.ConditionalPut(item(row), "attribute_not_exists(launchShard)", Map.of())
                : new Table.ConditionalPut(
                        item(row), "epoch = :epoch", Map.of(":epoch", Attributes.number(expectedEpoch)));
    }

    /**
     * Whether the row that stands is this very write, done before its answer was lost. The outcomes count too: a claim of the
     * same owner may stand under the epoch that its record has, and two who merge write the same epoch over the same owner.
     */
    private static boolean isOurs(LedgerRow row, Map<String, AttributeValue> current) {
        return !current.isEmpty()
                && Attributes.number(current, EPOCH) == row.epoch()
                && Attributes.text(current, OWNER).equals(row.owner())
                && Arrays.equals(Attributes.binary(current, OUTCOMES), row.outcomes());
    }

    private Map<String, AttributeValue> item(LedgerRow row) {
        var item = new HashMap<>(key(row.key()));
        item.put(EPOCH, Attributes.number(row.epoch()));
        item.put(OWNER, Attributes.text(row.owner()));
        item.put("lease", Attributes.number(row.leaseUntil().toEpochMilli()));
        item.put(OUTCOMES, Attributes.binary(row.outcomes()));
        item.put("firstSent", Attributes.number(row.firstSentAt().toEpochMilli()));
        item.put("lastAnswered", Attributes.number(row.lastAnsweredAt().toEpochMilli()));
        if (!row.deadTokens().isEmpty()) {
            item.put("dead", Attributes.binary(DeadTokens.write(row.deadTokens())));
        }
        item.put(Expiry.ATTRIBUTE, Expiry.at(clock.instant().plus(KEPT)));
        return item;
    }

    private static LedgerRow row(BatchKey key, Map<String, AttributeValue> item) {
        return new LedgerRow(
                key,
                Math.toIntExact(Attributes.number(item, EPOCH)),
                Attributes.text(item, OWNER),
                Instant.ofEpochMilli(Attributes.number(item, "lease")),
                Attributes.binary(item, OUTCOMES),
                Instant.ofEpochMilli(Attributes.number(item, "firstSent")),
                Instant.ofEpochMilli(Attributes.number(item, "lastAnswered")),
                item.containsKey("dead") ? DeadTokens.read(Attributes.binary(item, "dead")) : DeadTokens.NONE);
    }

    private static Map<String, AttributeValue> key(BatchKey key) {
        return Map.of(
                SHARD, Attributes.text(key.launch() + "#" + key.batch() % SHARDS),
                BATCH, Attributes.text(key.platform().wireName() + "#" + key.batch()));
    }

    private static BatchKey batchKey(LaunchId launch, Map<String, AttributeValue> item) {
        String text = Attributes.text(item, BATCH);
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw new StoreException("key of a ledger row must be platform#number, but was " + text);
        }
        return new BatchKey(
                launch, Platform.ofWireName(text.substring(0, hash)), Integer.parseInt(text.substring(hash + 1)));
    }
}
