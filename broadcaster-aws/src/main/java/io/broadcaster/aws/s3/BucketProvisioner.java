package io.broadcaster.aws.s3;

import io.broadcaster.aws.provision.ProvisionException;
import io.broadcaster.aws.provision.Provisioned;
import io.broadcaster.aws.provision.Provisioned.Kind;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Makes the bucket. A bucket of that name in other hands is a {@link ProvisionException}. Called by one thread. */
public final class BucketProvisioner {
    /** The one region that must not be named in the request. */
    private static final String UNNAMED_REGION = "us-east-1";

    private final S3Client client;
    private final String bucket;
    private final String region;

    public BucketProvisioner(S3Client client, String bucket, String region) {
        this.client = client;
        this.bucket = bucket;
        this.region = region;
    }

    /** Made or already there. */
    public Provisioned provision() {
        try {
            if (stands()) {
                return Provisioned.alreadyThere(Kind.BUCKET, bucket);
            }
            var request = CreateBucketRequest.builder().bucket(bucket);
            if (!region.equals(UNNAMED_REGION)) {
                request.createBucketConfiguration(place -> place.locationConstraint(region));
            }
            client.createBucket(request.build());
            return Provisioned.made(Kind.BUCKET, bucket);
        } catch (BucketAlreadyOwnedByYouException e) {
            return Provisioned.alreadyThere(Kind.BUCKET, bucket);
        } catch (SdkException e) {
            throw new ProvisionException("bucket " + bucket + " could not be provisioned", e);
        }
    }

    private boolean stands() {
        try {
            client.headBucket(request -> request.bucket(bucket));
            return true;
        } catch (NoSuchBucketException e) {
            return false;
        }
    }
}
