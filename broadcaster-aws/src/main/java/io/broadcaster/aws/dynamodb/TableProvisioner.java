package io.broadcaster.aws.dynamodb;

import io.broadcaster.aws.provision.ProvisionException;
import io.broadcaster.aws.provision.Provisioned;
import io.broadcaster.aws.provision.Provisioned.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Makes every table on demand, with its index and time to live, and waits until it is ACTIVE. A table that stands with
 * another key cannot be changed and is a {@link ProvisionException}. Called by one thread.
 */
public final class TableProvisioner {
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(200);

    private final DynamoDbClient client;
    private final String prefix;
    private final Duration readyMax;

    public TableProvisioner(DynamoDbClient client, String prefix, Duration readyMax) {
        this.client = client;
        this.prefix = prefix;
        this.readyMax = readyMax;
    }

    /** One entry per table. */
    public List<Provisioned> provision() {
        var made = EnumSet.noneOf(TableName.class);
        for (TableName table : TableName.values()) {
            if (create(TableShape.of(table))) {
                made.add(table);
            }
        }
        var all = new ArrayList<Provisioned>();
        for (TableName table : TableName.values()) {
            all.add(finish(TableShape.of(table), made.contains(table)));
        }
        return all;
    }

    /** Starts the making, unless the table stands. */
    private boolean create(TableShape shape) {
        String name = shape.table().of(prefix);
        try {
            if (describe(name).isPresent()) {
                return false;
            }
            var request = CreateTableRequest.builder()
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(shape.keySchema())
                    .attributeDefinitions(shape.attributeDefinitions());
            if (!shape.index().isEmpty()) {
                request.globalSecondaryIndexes(shape.indexes());
            }
            client.createTable(request.build());
            return true;
        } catch (ResourceInUseException e) {
            return false; // another provisioning was faster; finish() waits for and checks what it makes
        } catch (SdkException e) {
            throw new ProvisionException("table " + name + " could not be made", e);
        }
    }

    private Provisioned finish(TableShape shape, boolean made) {
        String name = shape.table().of(prefix);
        try {
            TableDescription table = awaitActive(name);
            if (!table.keySchema().equals(shape.keySchema()) || !hasIndex(table, shape)) {
                throw new ProvisionException(
                        "table " + name + " stands with another key or index: " + table.keySchema());
            }
            boolean expirySet = shape.expires() && setExpiry(name);
            if (made) {
                return Provisioned.made(Kind.TABLE, name);
            }
            return expirySet
                    ? Provisioned.changed(Kind.TABLE, name, "time to live by attribute " + Expiry.ATTRIBUTE)
                    : Provisioned.alreadyThere(Kind.TABLE, name);
        } catch (SdkException e) {
            throw new ProvisionException("table " + name + " could not be provisioned", e);
        }
    }

    private TableDescription awaitActive(String name) {
        long deadline = System.nanoTime() + readyMax.toNanos();
        while (true) {
            Optional<TableDescription> table = describe(name);
            if (table.isPresent() && active(table.get())) {
                return table.get();
            }
            if (System.nanoTime() > deadline) {
                throw new ProvisionException("table " + name + " was not ACTIVE after " + readyMax);
            }
            pause(name);
        }
    }

    private static boolean active(TableDescription table) {
        return table.tableStatus() == TableStatus.ACTIVE
                && table.globalSecondaryIndexes().stream()
                        .allMatch(index -> "ACTIVE".equals(index.indexStatusAsString()));
    }

    private static boolean hasIndex(TableDescription table, TableShape shape) {
        return shape.index().isEmpty()
                || table.globalSecondaryIndexes().stream()
                        .anyMatch(index -> index.indexName().equals(shape.index()));
    }

    private boolean setExpiry(String name) {
        if (expires(name)) {
            return false;
        }
        try {
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(Expiry.ATTRIBUTE)));
            return true;
        } catch (DynamoDbException e) {
            if (expires(name)) {
                return false; // another provisioning set it between our look and our call
            }
            throw e;
        }
    }

    private boolean expires(String name) {
        TimeToLiveDescription stands =
                client.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription();
        boolean on = stands.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || stands.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
        return on && Expiry.ATTRIBUTE.equals(stands.attributeName());
    }

    private Optional<TableDescription> describe(String name) {
        try {
            return Optional.of(
                    client.describeTable(request -> request.tableName(name)).table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void pause(String name) {
        try {
            Thread.sleep(LOOK_AGAIN_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisionException("waiting for table " + name + " was interrupted", e);
        }
    }
}
