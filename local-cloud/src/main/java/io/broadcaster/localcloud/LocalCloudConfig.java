package io.broadcaster.localcloud;

import java.nio.file.Path;

/**
 * Where the local cloud listens and what it keeps. Ports are loopback ports; 0 takes any free one.
 *
 * @param storage where S3 keeps its objects; DynamoDB and SQS always live in memory
 */
public record LocalCloudConfig(int sqsPort, int dynamoDbPort, int s3Port, Storage storage) {
    /** ElasticMQ's port, so that tools which know a local SQS find this one. */
    public static final int SQS_PORT = 9324;

    public static final int DYNAMODB_PORT = 9325;
    public static final int S3_PORT = 9326;

    private static final int PORT_MAX = 65_535;

    /** Where S3 keeps its objects. */
    public sealed interface Storage {
        /** A new temporary directory, removed at close. */
        record Temporary() implements Storage {}

        /** The given directory, kept at close and found again at the next start. */
        record Kept(Path directory) implements Storage {}
    }

    public LocalCloudConfig {
        checkPort("sqsPort", sqsPort);
        checkPort("dynamoDbPort", dynamoDbPort);
        checkPort("s3Port", s3Port);
    }

    /** Free ports and a temporary directory: for tests and for one process that brings its own cloud. */
    public static LocalCloudConfig ephemeral() {
        return new LocalCloudConfig(0, 0, 0, new Storage.Temporary());
    }

    /** The fixed ports of {@code broadcaster local-cloud}. */
    public static LocalCloudConfig fixedPorts() {
        return new LocalCloudConfig(SQS_PORT, DYNAMODB_PORT, S3_PORT, new Storage.Temporary());
    }

    /** The same, with S3 objects kept in the directory. */
    public LocalCloudConfig keptIn(Path directory) {
        return new LocalCloudConfig(sqsPort, dynamoDbPort, s3Port, new Storage.Kept(directory));
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(name + " must be 0 (any free port) to " + PORT_MAX + ", was " + port);
        }
    }
}
