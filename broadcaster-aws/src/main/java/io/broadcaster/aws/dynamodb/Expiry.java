package io.broadcaster.aws.dynamodb;

import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB's time to live: the attribute that every table which forgets shares, in seconds since 1970. */
final class Expiry {
    static final String ATTRIBUTE = "expires";

    private Expiry() {}

    static AttributeValue at(Instant time) {
        return Attributes.number(time.getEpochSecond());
    }
}
