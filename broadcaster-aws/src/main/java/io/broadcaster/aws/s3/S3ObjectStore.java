package io.broadcaster.aws.s3;

import io.broadcaster.audience.ObjectStore;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in one bucket. Writes are conditional and bear a write id as metadata, by which a repeat after a lost answer
 * recognises its own object. Blocks; safe for any thread; heap per call does not depend on the object's size.
 */
public final class S3ObjectStore implements ObjectStore {
    private static final String ANY = "*";
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** Keys per DeleteObjects (S3). */
    private static final int DELETE_MAX = 1_000;

    private final S3Client client;
    private final String bucket;
    private final RandomGenerator random;

    public S3ObjectStore(S3Client client, String bucket, RandomGenerator random) {
        this.client = client;
        this.bucket = bucket;
        this.random = random;
    }

    @Override
    public Put putIfAbsent(String key, byte[] content) {
        String writeId = writeId();
        return call("put", key, () -> {
            try {
                client.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .ifNoneMatch(ANY)
                                .checksumSHA256(Checksums.sha256(ByteBuffer.wrap(content)))
                                .metadata(WriteId.metadata(writeId)),
                        RequestBody.fromContentProvider(
                                () -> new ByteBufferInputStream(ByteBuffer.wrap(content)),
                                content.length,
                                "application/octet-stream"));
                return Put.STORED;
            } catch (S3Exception e) {
                return afterRefusal(key, writeId, e);
            }
        });
    }

    @Override
    public Upload upload(String key) {
        String writeId = writeId();
        String uploadId = call(
                "start upload of",
                key,
                () -> client.createMultipartUpload(request -> request.bucket(bucket)
                                .key(key)
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                .metadata(WriteId.metadata(writeId)))
                        .uploadId());
        return new S3Upload(this, new S3Upload.Target(client, bucket, key, uploadId, writeId));
    }

    @Override
    public OptionalLong size(String key) {
        return call("size", key, () -> {
            try {
                return OptionalLong.of(head(key).contentLength());
            } catch (NoSuchKeyException e) {
                return OptionalLong.empty();
            }
        });
    }

    @Override
    public InputStream open(String key) {
        return call(
                "open",
                key,
                () -> new ObjectStream(client.getObject(request(key).build())));
    }

    @Override
    public void read(String key, long offset, ByteBuffer into) {
        if (!into.hasRemaining()) {
            return;
        }
        long last = offset + into.remaining() - 1;
        var request = request(key).range("bytes=" + offset + "-" + last).build();
        call("read", key, () -> client.getObject(request, new RangeInto(into)));
        if (into.hasRemaining()) {
            throw new MissingObjectException(key);
        }
    }

    @Override
    public List<String> list(String prefix) {
        return call("list", prefix, () -> keys(prefix).stream().sorted().toList());
    }

    @Override
    public void deleteAll(String prefix) {
        call("delete", prefix, () -> {
            List<String> keys = keys(prefix);
            for (int from = 0; from < keys.size(); from += DELETE_MAX) {
                delete(keys.subList(from, Math.min(from + DELETE_MAX, keys.size())));
            }
            return keys;
        });
    }

    /** What a refused conditional write means: 412 says that an object stands, maybe our own, its answer lost. */
    Put afterRefusal(String key, String writeId, S3Exception refusal) {
        if (refusal.statusCode() != PRECONDITION_FAILED && refusal.statusCode() != CONFLICT) {
            throw refusal;
        }
        try {
            return isOurs(key, writeId) ? Put.STORED : Put.ALREADY_THERE;
        } catch (NoSuchKeyException e) {
            throw refusal; // 409: a rival write was under way and came to nothing
        }
    }

    /** Whether the object that stands is this very write; {@link NoSuchKeyException} when none does. */
    boolean isOurs(String key, String writeId) {
        return WriteId.of(head(key)).equals(writeId);
    }

    private HeadObjectResponse head(String key) {
        return client.headObject(request -> request.bucket(bucket).key(key));
    }

    <T> T call(String operation, String key, Supplier<T> sdkCall) {
        try {
            return sdkCall.get();
        } catch (S3Exception e) {
            if (e instanceof NoSuchKeyException || e.statusCode() == RANGE_NOT_SATISFIABLE) {
                throw new MissingObjectException(key);
            }
            throw new ObjectStoreException(operation + " " + key + " in bucket " + bucket + " failed", e);
        } catch (SdkException e) {
            throw new ObjectStoreException(operation + " " + key + " in bucket " + bucket + " failed", e);
        }
    }

    private GetObjectRequest.Builder request(String key) {
        return GetObjectRequest.builder().bucket(bucket).key(key);
    }

    private List<String> keys(String prefix) {
        var keys = new ArrayList<String>();
        for (S3Object object : client.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix))
                .contents()) {
            keys.add(object.key());
        }
        return keys;
    }

    private void delete(List<String> keys) {
        List<ObjectIdentifier> ids = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        DeleteObjectsResponse answer = client.deleteObjects(request ->
                request.bucket(bucket).delete(delete -> delete.objects(ids).quiet(true)));
        if (!answer.errors().isEmpty()) {
            var first = answer.errors().getFirst();
            throw new ObjectStoreException(
                    "delete left " + answer.errors().size() + " objects, such as " + first.key() + ": " + first.code());
        }
    }

    private String writeId() {
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }
}
