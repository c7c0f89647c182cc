package io.broadcaster.localcloud.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The two shapes of table that the product makes. */
final class TestTables {
    private TestTables() {}

    /** Key {@code partition} and {@code sort}. */
    static CreateTableRequest rows(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("partition", KeyType.HASH), key("sort", KeyType.RANGE))
                .attributeDefinitions(text("partition"), text("sort"))
                .build();
    }

    /** Key {@code id}, and an index of the keys by {@code state}. */
    static CreateTableRequest indexed(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("id", KeyType.HASH))
                .attributeDefinitions(List.of(text("id"), text("state")))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("state-index")
                        .keySchema(key("state", KeyType.HASH))
                        .projection(b -> b.projectionType(ProjectionType.KEYS_ONLY))
                        .build())
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
