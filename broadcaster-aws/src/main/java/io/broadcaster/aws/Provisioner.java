package io.broadcaster.aws;

import io.broadcaster.aws.dynamodb.TableProvisioner;
import io.broadcaster.aws.provision.Provisioned;
import io.broadcaster.aws.s3.BucketProvisioner;
import io.broadcaster.aws.sqs.QueueProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes every queue, table and the bucket, sets attributes right that differ, and waits until all of it can be used. Safe
 * to repeat and to run twice at once: what stands already is reported as such.
 */
public final class Provisioner {
    /** How long to wait for a table, its index or the bucket to become usable. */
    private static final Duration READY_MAX = Duration.ofMinutes(5);

    private final QueueProvisioner queues;
    private final TableProvisioner tables;
    private final BucketProvisioner bucket;

    Provisioner(SdkClients clients, CloudConfig config) {
        var rules = new QueueProvisioner.Rules(config.visibility(), config.maxReceiveCount());
        queues = new QueueProvisioner(clients.sqs(), config.prefix(), rules);
        tables = new TableProvisioner(clients.dynamo(), config.prefix(), READY_MAX);
        bucket = new BucketProvisioner(clients.s3(), config.bucket(), config.region());
    }

    /** One entry per resource: made, changed, or already there. */
    public List<Provisioned> provision() {
        var all = new ArrayList<>(provisionStores());
        all.addAll(provisionQueues());
        return List.copyOf(all);
    }

    /** The bucket and the tables alone. */
    public List<Provisioned> provisionStores() {
        var all = new ArrayList<Provisioned>();
        all.add(bucket.provision());
        all.addAll(tables.provision());
        return List.copyOf(all);
    }

    /** The queues alone. */
    public List<Provisioned> provisionQueues() {
        return queues.provision();
    }
}
