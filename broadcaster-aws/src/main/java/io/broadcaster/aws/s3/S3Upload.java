package io.broadcaster.aws.s3;

import io.broadcaster.audience.ObjectStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** One multipart upload, every part with its SHA-256, sealed by a conditional complete. Confined to one thread. */
final class S3Upload implements ObjectStore.Upload {
    /** Parts of one upload (S3). */
    private static final int PARTS_MAX = 10_000;

    private final S3ObjectStore store;
    private final Target target;
    private final List<CompletedPart> parts = new ArrayList<>();
    private boolean open = true;

    /** Where the parts go; {@code writeId} is the metadata of the upload. */
    record Target(S3Client client, String bucket, String key, String uploadId, String writeId) {}

    S3Upload(S3ObjectStore store, Target target) {
        this.store = store;
        this.target = target;
    }

    @Override
    public void part(ByteBuffer part) {
        if (parts.size() == PARTS_MAX) {
            throw new ObjectStore.ObjectStoreException(
                    "an upload has at most " + PARTS_MAX + " parts, key " + target.key());
        }
        int number = parts.size() + 1;
        int bytes = part.remaining();
        String sha256 = Checksums.sha256(part);
        UploadPartResponse answer = store.call(
                "part " + number + " of",
                target.key(),
                () -> target.client()
                        .uploadPart(
                                request -> request.bucket(target.bucket())
                                        .key(target.key())
                                        .uploadId(target.uploadId())
                                        .partNumber(number)
                                        .contentLength((long) bytes)
                                        .checksumSHA256(sha256),
                                RequestBody.fromContentProvider(
                                        () -> new ByteBufferInputStream(part), bytes, "application/octet-stream")));
        part.position(part.limit());
        parts.add(CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumSHA256(sha256)
                .build());
    }

    @Override
    public ObjectStore.Put sealIfAbsent() {
        ObjectStore.Put put = store.call("seal", target.key(), () -> {
            try {
                target.client()
                        .completeMultipartUpload(request -> request.bucket(target.bucket())
                                .key(target.key())
                                .uploadId(target.uploadId())
                                .ifNoneMatch("*")
                                .multipartUpload(upload -> upload.parts(parts)));
                return ObjectStore.Put.STORED;
            } catch (NoSuchUploadException e) {
                return afterItEnded(e);
            } catch (S3Exception e) {
                return store.afterRefusal(target.key(), target.writeId(), e);
            }
        });
        if (put == ObjectStore.Put.STORED) {
            open = false;
        }
        return put;
    }

    /** The upload is gone: sealed by a try of ours whose answer was lost, or aborted by somebody else. */
    private ObjectStore.Put afterItEnded(NoSuchUploadException gone) {
        try {
            if (store.isOurs(target.key(), target.writeId())) {
                return ObjectStore.Put.STORED;
            }
        } catch (NoSuchKeyException e) {
            gone.addSuppressed(e);
        }
        throw gone;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        store.call("abort upload of", target.key(), () -> {
            try {
                return target.client()
                        .abortMultipartUpload(request -> request.bucket(target.bucket())
                                .key(target.key())
                                .uploadId(target.uploadId()))
                        .sdkHttpResponse();
            } catch (NoSuchUploadException e) {
                return e.awsErrorDetails(); // gone already: that is what closing is for
            }
        });
    }
}
