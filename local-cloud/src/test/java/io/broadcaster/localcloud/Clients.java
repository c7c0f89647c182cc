package io.broadcaster.localcloud;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The real SDK's clients, pointed at the local cloud. */
public final class Clients {
    private static final int CONNECTIONS_MAX = 200;

    private Clients() {}

    public static SqsAsyncClient sqs(URI endpoint) {
        return SqsAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(LocalCloud.REGION))
                .credentialsProvider(credentials())
                .httpClientBuilder(http())
                .build();
    }

    public static DynamoDbAsyncClient dynamoDb(URI endpoint) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(LocalCloud.REGION))
                .credentialsProvider(credentials())
                .httpClientBuilder(http())
                .build();
    }

    static S3AsyncClient s3(URI endpoint) {
        return S3AsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(LocalCloud.REGION))
                .credentialsProvider(credentials())
                .forcePathStyle(true)
                .httpClientBuilder(http())
                .build();
    }

    private static NettyNioAsyncHttpClient.Builder http() {
        return NettyNioAsyncHttpClient.builder().maxConcurrency(CONNECTIONS_MAX).readTimeout(Duration.ofSeconds(30));
    }

    private static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalCloud.ACCESS_KEY_ID, LocalCloud.SECRET_ACCESS_KEY));
    }
}
