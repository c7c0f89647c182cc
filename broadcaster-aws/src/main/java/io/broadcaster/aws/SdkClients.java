package io.broadcaster.aws;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK clients with every time-out, retry and bound named. Virtual threads wait for them. SQS and
 * DynamoDB ride on the CRT (about twice as fast as Netty for queues, see the measurements); S3 rides on Apache, because the
 * local store does not take the CRT's uploads.
 */
final class SdkClients implements AutoCloseable {
    /** One try of a call that neither waits for messages nor moves an object. */
    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);

    /** A call with all of its tries; queue calls have none of their own, since {@link #TRIES_MAX} of their tries bound them. */
    private static final Duration CALL_MAX = Duration.ofSeconds(20);

    /** One try to move an object or a part of one. */
    private static final Duration TRANSFER_ATTEMPT_MAX = Duration.ofSeconds(60);

    /** A transfer with all of its tries. */
    private static final Duration TRANSFER_MAX = Duration.ofMinutes(4);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);

    /** Waiting for one of the bounded connections. */
    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(10);

    private static final int TRIES_MAX = 4;
    private static final int SECRETS_CONNECTIONS_MAX = 2;

    private final Http http;
    private final CloudClock cloudClock;
    private final ScheduledExecutorService timers = timers();
    private final SqsClient sqs;
    private final SqsAsyncClient queues;
    private final DynamoDbClient dynamo;
    private final S3Client s3;

    /** What the clients ride on. */
    record Http(SdkHttpClient sqs, SdkAsyncHttpClient queues, SdkHttpClient dynamo, SdkHttpClient s3) {}

    private SdkClients(CloudConfig config, AwsCredentialsProvider credentials, Http http, CloudClock cloudClock) {
        this.http = http;
        this.cloudClock = cloudClock;
        sqs = common(SqsClient.builder(), config, credentials, config.sqsEndpoint())
                .httpClient(http.sqs())
                .overrideConfiguration(behaviour(ATTEMPT_MAX, CALL_MAX))
                .build();
        queues = queueClient(common(SqsAsyncClient.builder(), config, credentials, config.sqsEndpoint())
                .httpClient(http.queues()));
        dynamo = common(DynamoDbClient.builder(), config, credentials, config.dynamodbEndpoint())
                .httpClient(http.dynamo())
                .overrideConfiguration(behaviour()
                        .apiCallAttemptTimeout(ATTEMPT_MAX)
                        .apiCallTimeout(CALL_MAX)
                        .addExecutionInterceptor(cloudClock)
                        .build())
                .build();
        // Parts bear our own SHA-256; the SDK's second checksum would travel as a trailer that only AWS understands.
        s3 = common(S3Client.builder(), config, credentials, config.s3Endpoint())
                .httpClient(http.s3())
                .forcePathStyle(config.s3Endpoint().isPresent())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(behaviour(TRANSFER_ATTEMPT_MAX, TRANSFER_MAX))
                .build();
    }

    /** Clients of the cloud that the config names. */
    static SdkClients over(CloudConfig config, InstantSource clock) {
        int connections = config.connectionsMax();
        var http = new Http(crt(connections), crtAsync(connections), crt(connections), apache(connections));
        return new SdkClients(config, credentials(config.credentials()), http, new CloudClock(clock));
    }

    /** The same clients over another transport, signed by nobody. */
    static SdkClients over(CloudConfig config, Http http, InstantSource clock) {
        var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("rehearsal", "rehearsal"));
        return new SdkClients(config, nobody, http, new CloudClock(clock));
    }

    /** A client for secrets, which few processes need and which ask seldom: each caller opens its own, and closes it. */
    static SecretsManagerClient secrets(CloudConfig config) {
        return common(
                        SecretsManagerClient.builder(),
                        config,
                        credentials(config.credentials()),
                        config.secretsEndpoint())
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(SECRETS_CONNECTIONS_MAX)
                        .connectionTimeout(CONNECT_MAX)
                        .connectionAcquisitionTimeout(CONNECTION_WAIT_MAX))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_MAX)
                        .apiCallTimeout(CALL_MAX)
                        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "broadcaster")
                        .build())
                .build();
    }

    /** For the provisioner. */
    SqsClient sqs() {
        return sqs;
    }

    /** For messages: its calls can be interrupted. */
    SqsAsyncClient queues() {
        return queues;
    }

    DynamoDbClient dynamo() {
        return dynamo;
    }

    S3Client s3() {
        return s3;
    }

    /** The cloud's clock beside ours. */
    CloudClock cloudClock() {
        return cloudClock;
    }

    @Override
    public void close() {
        sqs.close();
        queues.close();
        dynamo.close();
        s3.close();
        http.sqs().close();
        http.queues().close();
        http.dynamo().close();
        http.s3().close();
        timers.shutdownNow();
    }

    /**
     * The time-outs of all clients. Of its own because nearly every call cancels its time-out: the SDK's would keep each until
     * it is due, in five threads that wake one another.
     */
    private static ScheduledExecutorService timers() {
        var timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("sdk-timers").factory());
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    /**
     * Made for many small calls: an answer is read where it arrives (nothing in it blocks) instead of on one more thread, tries
     * are timed but calls are not, and bodies are trusted to TCP and TLS without SQS's MD5.
     */
    private SqsAsyncClient queueClient(SqsAsyncClientBuilder builder) {
        return builder.overrideConfiguration(
                        behaviour().apiCallAttemptTimeout(ATTEMPT_MAX).build())
                .asyncConfiguration(calls ->
                        calls.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                .checksumValidationEnabled(false)
                .build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B common(
            B builder, CloudConfig config, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.region(Region.of(config.region())).credentialsProvider(credentials);
    }

    private static SdkHttpClient crt(int connectionsMax) {
        return AwsCrtHttpClient.builder()
                .maxConcurrency(connectionsMax)
                .connectionTimeout(CONNECT_MAX)
                .connectionAcquisitionTimeout(CONNECTION_WAIT_MAX)
                .build();
    }

    private static SdkAsyncHttpClient crtAsync(int connectionsMax) {
        return AwsCrtAsyncHttpClient.builder()
                .maxConcurrency(connectionsMax)
                .connectionTimeout(CONNECT_MAX)
                .connectionAcquisitionTimeout(CONNECTION_WAIT_MAX)
                .build();
    }

    private static SdkHttpClient apache(int connectionsMax) {
        return Apache5HttpClient.builder()
                .maxConnections(connectionsMax)
                .connectionTimeout(CONNECT_MAX)
                .connectionAcquisitionTimeout(CONNECTION_WAIT_MAX)
                .build();
    }

    private ClientOverrideConfiguration behaviour(Duration attempt, Duration call) {
        return behaviour().apiCallAttemptTimeout(attempt).apiCallTimeout(call).build();
    }

    private ClientOverrideConfiguration.Builder behaviour() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(TRIES_MAX)
                        .build())
                .scheduledExecutorService(timers)
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "broadcaster");
    }

    private static AwsCredentialsProvider credentials(CloudConfig.Credentials credentials) {
        return switch (credentials) {
            case CloudConfig.Credentials.Found _ ->
                DefaultCredentialsProvider.builder().build();
            case CloudConfig.Credentials.Given given ->
                StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        given.accessKey(), given.secretKey().reveal()));
        };
    }
}
