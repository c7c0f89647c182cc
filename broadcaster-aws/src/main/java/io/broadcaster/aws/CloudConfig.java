package io.broadcaster.aws;

import io.broadcaster.config.AppName;
import io.broadcaster.config.Secret;
import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the cloud is and how its resources are named. Without endpoints it is AWS itself. {@code visibility} is the queues'
 * default; {@code maxReceiveCount} is never 1, because SQS may count a delivery that no consumer got. {@code
 * connectionsMax} bounds the connections to each of SQS, DynamoDB and S3; a long poll holds one. {@code ledgerRowsMax} ledger
 * rows go in one transaction (DynamoDB's limit is 100).
 */
public record CloudConfig(
        String region,
        String prefix,
        String bucket,
        Optional<URI> sqsEndpoint,
        Optional<URI> dynamodbEndpoint,
        Optional<URI> s3Endpoint,
        Optional<URI> secretsEndpoint,
        Credentials credentials,
        Duration visibility,
        int maxReceiveCount,
        int connectionsMax,
        int ledgerRowsMax) {

    /** Whose word the requests are signed with. */
    public sealed interface Credentials {
        /** What the SDK finds: environment, profile, container or instance role. */
        record Found() implements Credentials {}

        /** A key pair from the settings. */
        record Given(String accessKey, Secret secretKey) implements Credentials {}
    }

    /** Reads section {@code cloud}. */
    public static CloudConfig from(Settings settings) {
        Section section = settings.section(SectionName.CLOUD);
        String prefix = AppName.from(section).value();
        var config = new CloudConfig(
                section.text("region", "us-east-1"),
                prefix,
                section.text("bucket", prefix + "-snapshots"),
                section.optionalUri("sqs-endpoint"),
                section.optionalUri("dynamodb-endpoint"),
                section.optionalUri("s3-endpoint"),
                section.optionalUri("secrets-endpoint"),
                credentials(section),
                section.duration("visibility", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofHours(12)),
                section.integer("max-receive-count", 5, 2, 1_000),
                section.integer("connections-max", 256, 1, 10_000),
                section.integer("ledger-rows-max", 100, 1, 100));
        section.done();
        return config;
    }

    private static Credentials credentials(Section section) {
        Optional<String> accessKey = section.optionalText("access-key");
        Optional<Secret> secretKey = section.optionalSecret("secret-key");
        if (accessKey.isPresent() && secretKey.isPresent()) {
            return new Credentials.Given(accessKey.get(), secretKey.get());
        }
        if (accessKey.isPresent() || secretKey.isPresent()) {
            section.problem("access-key", "must be given together with secret-key", "one without the other");
        }
        return new Credentials.Found();
    }
}
