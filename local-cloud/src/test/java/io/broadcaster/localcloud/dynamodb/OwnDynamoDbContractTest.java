package io.broadcaster.localcloud.dynamodb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.localcloud.Clients;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

final class OwnDynamoDbContractTest extends DynamoDbContract {
    private static final DynamoDbServer SERVER = DynamoDbServer.start(0, 1);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    URI endpoint() {
        return SERVER.endpoint();
    }

    @Test
    void calls_beyondWhatTheProductUses_areRefusedByName() {
        try (var client = Clients.dynamoDb(endpoint())) {
            var key = Map.of("id", AttributeValue.fromS("a"));

            assertThatThrownBy(() ->
                            client.updateItem(b -> b.tableName("t").key(key)).join())
                    .cause()
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("does not know the action DynamoDB_20120810.UpdateItem");
            assertThatThrownBy(
                            () -> client.getItem(b -> b.tableName("t").key(key).projectionExpression("a"))
                                    .join())
                    .hasMessageContaining("does not know this member of a request: ProjectionExpression");
            assertThatThrownBy(
                            () -> client.scan(b -> b.tableName("t").segment(0).totalSegments(2))
                                    .join())
                    .hasMessageContaining("Segment");
        }
    }
}
