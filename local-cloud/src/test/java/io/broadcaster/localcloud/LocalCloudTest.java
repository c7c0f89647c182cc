package io.broadcaster.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.localcloud.LocalCloudConfig.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The three start, and S3 does what the product relies on, asked by the real SDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalCloudTest {
    private static final int PART_BYTES = 5 * 1024 * 1024;

    private LocalCloud cloud;
    private S3AsyncClient s3;

    @BeforeAll
    void start() {
        cloud = LocalCloud.start(LocalCloudConfig.ephemeral());
        s3 = Clients.s3(cloud.s3Endpoint());
        s3.createBucket(b -> b.bucket("bucket")).join();
    }

    @AfterAll
    void stop() {
        s3.close();
        cloud.close();
    }

    @Test
    void putObject_ifNoneMatchAndManyRacers_oneWins() {
        AtomicInteger refused = new AtomicInteger();
        CompletableFuture<?>[] racers = IntStream.range(0, 16)
                .mapToObj(i -> s3.putObject(
                                b -> b.bucket("bucket").key("once").ifNoneMatch("*"),
                                AsyncRequestBody.fromString("racer " + i))
                        .handle((answer, failure) -> {
                            if (failure instanceof CompletionException e
                                    && e.getCause() instanceof S3Exception s
                                    && (s.statusCode() == 412 || s.statusCode() == 409)) {
                                refused.incrementAndGet();
                            }
                            return failure;
                        }))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(racers).join();

        assertThat(refused).hasValue(15);
    }

    @Test
    void multipartUpload_twoParts_rangeReadsAcrossTheSeam() {
        String id = s3.createMultipartUpload(b -> b.bucket("bucket").key("parts"))
                .join()
                .uploadId();
        List<CompletedPart> parts = List.of(part(id, 1, 'a'), part(id, 2, 'b'));
        s3.completeMultipartUpload(
                        b -> b.bucket("bucket").key("parts").uploadId(id).multipartUpload(m -> m.parts(parts)))
                .join();

        String seam = s3.getObject(
                        b -> b.bucket("bucket")
                                .key("parts")
                                .range("bytes=%d-%d".formatted(PART_BYTES - 2, PART_BYTES + 1)),
                        AsyncResponseTransformer.toBytes())
                .join()
                .asUtf8String();

        assertThat(seam).isEqualTo("aabb");
    }

    @Test
    void endpoints_always_areLoopback() {
        assertThat(List.of(cloud.sqsEndpoint(), cloud.dynamoDbEndpoint(), cloud.s3Endpoint()))
                .allSatisfy(endpoint -> assertThat(endpoint.getHost()).isEqualTo("127.0.0.1"));
    }

    @Test
    void start_keptDirectory_objectIsThereAfterARestart(@TempDir Path directory) {
        LocalCloudConfig config = LocalCloudConfig.ephemeral().keptIn(directory);
        try (LocalCloud first = LocalCloud.start(config);
                S3AsyncClient client = Clients.s3(first.s3Endpoint())) {
            client.createBucket(b -> b.bucket("kept")).join();
            client.putObject(b -> b.bucket("kept").key("k"), AsyncRequestBody.fromString("still here"))
                    .join();
        }

        try (LocalCloud second = LocalCloud.start(config);
                S3AsyncClient client = Clients.s3(second.s3Endpoint())) {
            assertThat(client.getObject(b -> b.bucket("kept").key("k"), AsyncResponseTransformer.toBytes())
                            .join()
                            .asUtf8String())
                    .isEqualTo("still here");
        }
    }

    @Test
    void start_portTaken_throwsAndSaysWhichConfig() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalCloudConfig config = new LocalCloudConfig(0, taken.getLocalPort(), 0, new Storage.Temporary());

            assertThatThrownBy(() -> LocalCloud.start(config))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("dynamoDbPort=" + taken.getLocalPort());
        }
    }

    @Test
    void close_temporaryStorage_removesTheDirectory() throws IOException {
        StorageDirectory directory = StorageDirectory.open(new Storage.Temporary());
        Files.writeString(
                Files.createDirectories(directory.path().resolve("bucket")).resolve("key"), "x");

        directory.close();

        assertThat(directory.path()).doesNotExist();
    }

    private CompletedPart part(String uploadId, int number, char filler) {
        String tag = s3.uploadPart(
                        b -> b.bucket("bucket").key("parts").uploadId(uploadId).partNumber(number),
                        AsyncRequestBody.fromString(String.valueOf(filler).repeat(PART_BYTES)))
                .join()
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }
}
