package io.broadcaster.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.StateName;
import io.broadcaster.testkit.Fixtures;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** A write that the SDK repeats after its answer was lost is refused by DynamoDB, and still is our own write. */
final class LostAnswersTest {
    private static final Campaign ARMED = Fixtures.campaign(StateName.ARMED).atVersion(3);

    @Test
    void replace_refusedByItsOwnFirstTry_isWritten() {
        assertThat(campaigns(item -> item).replace(ARMED)).isEqualTo(new Written(ARMED.atVersion(4)));
    }

    @Test
    void create_refusedByItsOwnFirstTry_isWritten() {
        assertThat(campaigns(item -> item).create(ARMED)).isEqualTo(new Written(ARMED.atVersion(1)));
    }

    @Test
    void replace_refusedByTheSameWriteOfSomebodyElse_isAConflict() {
        CampaignTable campaigns = campaigns(item -> {
            var other = new HashMap<>(item);
            other.put("write", Attributes.text("somebody else's"));
            return other;
        });

        assertThat(campaigns.replace(ARMED)).isEqualTo(new Conflict(ARMED.atVersion(4)));
    }

    private static CampaignTable campaigns(UnaryOperator<Map<String, AttributeValue>> whatStands) {
        var pauses = new Repeats.Pauses(new Random(1), new NoWaits());
        return new CampaignTable(new Table(new RefusingDynamo(whatStands), "campaigns", pauses), () -> "write-1");
    }

    /** Refuses every conditional put, as after a first try that had its effect. */
    private record RefusingDynamo(UnaryOperator<Map<String, AttributeValue>> whatStands) implements DynamoDbClient {
        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            throw ConditionalCheckFailedException.builder()
                    .item(whatStands.apply(request.item()))
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
