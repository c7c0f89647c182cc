package io.broadcaster.cli.process;

import io.broadcaster.localcloud.LocalCloud;
import java.util.Map;

/** The {@code cloud.*} settings that lead a process to an embedded cloud instead of AWS. */
public final class CloudSettings {
    private CloudSettings() {}

    /** The settings for this embedded cloud. */
    public static Map<String, String> of(LocalCloud cloud) {
        return Map.of(
                "cloud.region", cloud.region(),
                "cloud.sqs-endpoint", cloud.sqsEndpoint().toString(),
                "cloud.dynamodb-endpoint", cloud.dynamoDbEndpoint().toString(),
                "cloud.s3-endpoint", cloud.s3Endpoint().toString(),
                "cloud.access-key", cloud.accessKeyId(),
                "cloud.secret-key", cloud.secretAccessKey());
    }
}
