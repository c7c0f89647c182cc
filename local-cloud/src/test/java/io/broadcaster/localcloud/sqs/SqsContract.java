package io.broadcaster.localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.localcloud.Clients;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What the contracts share: one server for the class, a new queue for each test, the real SDK between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqsContract {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private SqsEndpoint server;
    SqsAsyncClient client;
    TestQueue queue;

    abstract SqsEndpoint startServer();

    @BeforeAll
    final void start() {
        server = startServer();
        client = Clients.sqs(server.uri());
    }

    @AfterAll
    final void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    final void createQueue() {
        queue = TestQueue.create(client, newName(), Map.of());
    }

    static String newName() {
        return "queue-" + NAMES.incrementAndGet() + ".fifo";
    }

    /** The SDK shows the query protocol's code where the server sends it (AWS, we), else the shape's name (ElasticMQ). */
    final void assertRefused(String shape, ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        assertThat(thrown).isInstanceOf(CompletionException.class);
        assertThat(thrown.getCause())
                .isInstanceOfSatisfying(
                        SqsException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .satisfiesAnyOf(
                                        code -> assertThat(code).isIn(shape, queryCode(shape)),
                                        code -> assertThat(code).isIn(codesInstead())));
    }

    /** Codes that this server says where AWS documents another one; only for the oracle. */
    Set<String> codesInstead() {
        return Set.of();
    }

    private static String queryCode(String shape) {
        return switch (shape) {
            case "QueueDoesNotExist" -> "AWS.SimpleQueueService.NonExistentQueue";
            case "QueueNameExists" -> "QueueAlreadyExists";
            default -> "AWS.SimpleQueueService." + shape;
        };
    }
}
