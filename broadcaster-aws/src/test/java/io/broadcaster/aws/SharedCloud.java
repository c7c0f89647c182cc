package io.broadcaster.aws;

import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One local cloud for all integration tests of this JVM, stopped at its end. */
final class SharedCloud {
    private static final LocalCloud SERVER = start();
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final AwsCloud PROVISIONED = provisioned();

    private SharedCloud() {}

    /** A cloud whose queues, tables and bucket stand; tests share it. */
    static AwsCloud cloud() {
        return PROVISIONED;
    }

    /** Settings for a deployment of its own, of which nothing stands yet. */
    static Settings freshDeployment(Map<String, String> more) {
        var values = new HashMap<>(Map.of(
                "cloud.region", SERVER.region(),
                "cloud.prefix", "test-" + PREFIXES.incrementAndGet(),
                "cloud.dynamodb-endpoint", SERVER.dynamoDbEndpoint().toString(),
                "cloud.sqs-endpoint", SERVER.sqsEndpoint().toString(),
                "cloud.s3-endpoint", SERVER.s3Endpoint().toString(),
                "cloud.access-key", SERVER.accessKeyId(),
                "cloud.secret-key", SERVER.secretAccessKey()));
        values.putAll(more);
        return Settings.of(values);
    }

    private static LocalCloud start() {
        LocalCloud server = LocalCloud.start(LocalCloudConfig.ephemeral());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static AwsCloud provisioned() {
        AwsCloud cloud = AwsCloud.connect(CloudConfig.from(freshDeployment(Map.of())));
        cloud.provisioner().provision();
        return cloud;
    }
}
