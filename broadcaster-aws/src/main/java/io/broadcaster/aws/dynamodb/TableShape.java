package io.broadcaster.aws.dynamodb;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * How a table is made: partition key, sort key ({@code ""} without), an index of the keys by one attribute ({@code ""}
 * without), and whether its rows expire. All keys are texts.
 */
record TableShape(
        TableName table, String partitionKey, String sortKey, String index, String indexKey, boolean expires) {
    static TableShape of(TableName table) {
        return switch (table) {
            case CAMPAIGNS ->
                new TableShape(table, CampaignTable.ID, "", CampaignTable.STATE_INDEX, CampaignTable.STATE, false);
            case DEVICES -> plain(table, DeviceTable.USER, "", false);
            case LEDGER -> plain(table, LedgerTable.SHARD, LedgerTable.BATCH, true);
            case PROGRESS -> plain(table, ProgressTable.LAUNCH, ProgressTable.WORKER, true);
            case WORKERS -> plain(table, WorkerTable.WORKER, "", true);
            case PROOFS -> plain(table, ProofTable.CAMPAIGN, ProofTable.PROOF, false);
            case TEST_DEVICES -> plain(table, TestDeviceTable.NAME, "", false);
            case LOAD_PROGRESS -> plain(table, LoadProgressTable.LOAD, "", true);
            case AUDIT -> plain(table, AuditTable.PART, AuditTable.PLACE, false);
            case SESSION_ENDS -> plain(table, SessionEndTable.WHOSE, "", true);
        };
    }

    private static TableShape plain(TableName table, String partitionKey, String sortKey, boolean expires) {
        return new TableShape(table, partitionKey, sortKey, "", "", expires);
    }

    List<KeySchemaElement> keySchema() {
        return sortKey.isEmpty()
                ? List.of(key(partitionKey, KeyType.HASH))
                : List.of(key(partitionKey, KeyType.HASH), key(sortKey, KeyType.RANGE));
    }

    List<AttributeDefinition> attributeDefinitions() {
        return Stream.of(partitionKey, sortKey, indexKey)
                .filter(name -> !name.isEmpty())
                .map(name -> AttributeDefinition.builder()
                        .attributeName(name)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
    }

    List<GlobalSecondaryIndex> indexes() {
        return List.of(GlobalSecondaryIndex.builder()
                .indexName(index)
                .keySchema(key(indexKey, KeyType.HASH))
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                .build());
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
