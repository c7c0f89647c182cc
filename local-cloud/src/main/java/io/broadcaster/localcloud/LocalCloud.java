package io.broadcaster.localcloud;

import io.broadcaster.localcloud.dynamodb.DynamoDbServer;
import io.broadcaster.localcloud.s3.S3Server;
import io.broadcaster.localcloud.sqs.SqsConfig;
import io.broadcaster.localcloud.sqs.SqsServer;
import io.broadcaster.localcloud.sqs.time.SystemTime;
import io.broadcaster.localcloud.sqs.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQS, DynamoDB and S3 in this process, for the real AWS SDK to talk to over loopback HTTP.
 * The three start side by side and stop together; a start that fails stops what had started and throws.
 * Thread-safe.
 */
public final class LocalCloud implements AutoCloseable {
    public static final String REGION = "us-east-1";
    public static final String ACCOUNT = "000000000000";
    public static final String ACCESS_KEY_ID = "local";
    public static final String SECRET_ACCESS_KEY = "local";

    private static final Logger LOG = LoggerFactory.getLogger(LocalCloud.class);

    private final SqsServer sqs;
    private final DynamoDbServer dynamoDb;
    private final S3Server s3;
    private final Parts parts;

    private LocalCloud(SqsServer sqs, DynamoDbServer dynamoDb, S3Server s3, Parts parts) {
        this.sqs = sqs;
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
        this.parts = parts;
    }

    /** Returns when all of it answers. */
    public static LocalCloud start(LocalCloudConfig config) {
        Parts parts = new Parts();
        return start(config, parts.started(new SystemTime(InstantSource.system())), parts);
    }

    /** The same with the queues' time from outside, for instance a VirtualTime; the caller owns it. */
    public static LocalCloud start(LocalCloudConfig config, TimeSource sqsTime) {
        return start(config, sqsTime, new Parts());
    }

    private static LocalCloud start(LocalCloudConfig config, TimeSource sqsTime, Parts parts) {
        try (ExecutorService starters = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("local-cloud-start-", 0).factory())) {
            StorageDirectory directory = parts.started(StorageDirectory.open(config.storage()));
            Future<DynamoDbServer> dynamoDb =
                    starters.submit(() -> parts.started(DynamoDbServer.start(config.dynamoDbPort(), eventLoops())));
            Future<S3Server> s3 = starters.submit(() ->
                    parts.started(S3Server.start(config.s3Port(), directory.path(), ACCESS_KEY_ID, SECRET_ACCESS_KEY)));
            Future<SqsServer> sqs = starters.submit(
                    () -> parts.started(SqsServer.start(sqsConfig(config), sqsTime, new SplittableRandom(seed()))));
            return new LocalCloud(sqs.get(), dynamoDb.get(), s3.get(), parts);
        } catch (ExecutionException e) {
            parts.closeAll();
            throw new IllegalStateException("The local cloud did not start with " + config, e.getCause());
        } catch (InterruptedException e) {
            parts.closeAll();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the local cloud started", e);
        } catch (IOException e) {
            parts.closeAll();
            throw new UncheckedIOException("The local cloud found no directory for " + config, e);
        }
    }

    private static SqsConfig sqsConfig(LocalCloudConfig config) {
        return SqsConfig.of(
                config.sqsPort(), REGION, ACCOUNT, Runtime.getRuntime().availableProcessors());
    }

    /** Half of the processors, because the clients run on the same machine. */
    private static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** Receipt handles must not repeat across restarts, so that an old one is refused. */
    private static long seed() {
        return new SecureRandom().nextLong();
    }

    public URI sqsEndpoint() {
        return sqs.endpoint();
    }

    public URI dynamoDbEndpoint() {
        return dynamoDb.endpoint();
    }

    public URI s3Endpoint() {
        return s3.endpoint();
    }

    public String region() {
        return REGION;
    }

    public String account() {
        return ACCOUNT;
    }

    public String accessKeyId() {
        return ACCESS_KEY_ID;
    }

    public String secretAccessKey() {
        return SECRET_ACCESS_KEY;
    }

    /** Stops everything and removes a temporary directory. A part that fails to stop is logged, not thrown. */
    @Override
    public void close() {
        parts.closeAll();
    }

    /** What has started, to be closed in the opposite order. */
    private static final class Parts {
        private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

        <T extends AutoCloseable> T started(T part) {
            open.push(part);
            return part;
        }

        void closeAll() {
            for (AutoCloseable part = open.poll(); part != null; part = open.poll()) {
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.warn(
                            "A part of the local cloud did not stop: {}",
                            part.getClass().getSimpleName(),
                            e);
                }
            }
        }
    }
}
