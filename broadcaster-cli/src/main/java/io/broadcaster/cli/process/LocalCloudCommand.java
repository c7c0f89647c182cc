package io.broadcaster.cli.process;

import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.localcloud.LocalCloudConfig.Storage;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the embedded cloud on fixed ports, so that several processes share it. */
@Command(
        name = "local-cloud",
        mixinStandardHelpOptions = true,
        description = "Run SQS FIFO, DynamoDB and S3 on loopback ports for several processes to share.")
public final class LocalCloudCommand extends ProcessCommand {
    @Option(names = "--sqs-port", defaultValue = "" + LocalCloudConfig.SQS_PORT, description = "0 = any free one.")
    private int sqsPort;

    @Option(
            names = "--dynamodb-port",
            defaultValue = "" + LocalCloudConfig.DYNAMODB_PORT,
            description = "0 = any free one.")
    private int dynamoDbPort;

    @Option(names = "--s3-port", defaultValue = "" + LocalCloudConfig.S3_PORT, description = "0 = any free one.")
    private int s3Port;

    @Option(
            names = "--s3-directory",
            paramLabel = "DIR",
            description = "Keep S3 objects there; else they go at the end.")
    private Optional<Path> s3Directory = Optional.empty();

    @Override
    protected Running start(Settings settings) {
        Storage storage = s3Directory.<Storage>map(Storage.Kept::new).orElseGet(Storage.Temporary::new);
        LocalCloud cloud = LocalCloud.start(new LocalCloudConfig(sqsPort, dynamoDbPort, s3Port, storage));
        return new Running(CloudSettings.of(cloud), cloud::close);
    }
}
