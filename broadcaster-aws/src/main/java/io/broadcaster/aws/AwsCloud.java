package io.broadcaster.aws;

import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.aws.dynamodb.DynamoStores;
import io.broadcaster.aws.dynamodb.LedgerWrites;
import io.broadcaster.aws.rehearsal.RehearsalTransport;
import io.broadcaster.aws.s3.S3ObjectStore;
import io.broadcaster.aws.sqs.SqsQueues;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.config.SecretStore;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.identity.SessionEndStore;
import io.broadcaster.task.DeadLetterQueue;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Every port of the core on SQS, DynamoDB and S3. Safe for any thread; what it hands out blocks and is meant for virtual
 * threads. Bounds: {@code connectionsMax} of the config per service. Close it once, after all callers are done.
 */
public final class AwsCloud implements AutoCloseable {
    private final SdkClients clients;
    private final SqsQueues queues;
    private final DynamoStores stores;
    private final ObjectStore objects;
    private final Provisioner provisioner;
    private final CloudSecrets secrets;

    private AwsCloud(SdkClients clients, CloudConfig config, InstantSource clock) {
        this.clients = clients;
        var random = RandomGenerator.of("SecureRandom");
        queues = new SqsQueues(clients.queues(), config.prefix());
        stores = new DynamoStores(clients.dynamo(), config.prefix(), config.ledgerRowsMax(), random, clock);
        objects = new S3ObjectStore(clients.s3(), config.bucket(), random);
        provisioner = new Provisioner(clients, config);
        secrets = new CloudSecrets(() -> SdkClients.secrets(config));
    }

    /** Opens the clients; nothing is called yet. */
    public static AwsCloud connect(CloudConfig config) {
        return connect(config, InstantSource.system());
    }

    /** The same by another clock, which only decides when DynamoDB may forget rows. */
    public static AwsCloud connect(CloudConfig config, InstantSource clock) {
        return new AwsCloud(SdkClients.over(config, clock), config, clock);
    }

    /**
     * Queues and stores that answer themselves: the same adapters and SDK, but nothing leaves the process and nothing is kept
     * but messages. A worker works through messages of its own here before it reports ready, so that the first launch does not
     * meet a cold JVM. No provisioner, no objects.
     */
    public static AwsCloud rehearsal(CloudConfig config, InstantSource clock) {
        var stage = new RehearsalTransport();
        var http = new SdkClients.Http(stage.blocking(), stage.asynchronous(), stage.blocking(), stage.blocking());
        return new AwsCloud(SdkClients.over(config, http, clock), config, clock);
    }

    /** The campaigns. */
    public CampaignStore campaigns() {
        return stores.campaigns();
    }

    /** The devices of users. */
    public DeviceStore devices() {
        return stores.devices();
    }

    /** Snapshots and audiences. */
    public ObjectStore objects() {
        return objects;
    }

    /** One of the queues; it is looked up at its first call. */
    public TaskQueue queue(QueueName name) {
        return queues.queue(name);
    }

    /** What gave up on one of the queues. */
    public DeadLetterQueue deadLetters(QueueName name) {
        return queues.deadLetters(name);
    }

    /** What became of every batch. */
    public LedgerStore ledger() {
        return stores.ledger();
    }

    /** How many rows of the ledger wait to be written, for gauges. */
    public LedgerWrites ledgerWrites() {
        return stores.ledgerWrites();
    }

    /** The live figures of launches. */
    public ProgressStore progress() {
        return stores.progress();
    }

    /** The heartbeats of all workers. */
    public WorkerRegistry workers() {
        return stores.workers();
    }

    /** The proofs. */
    public ProofStore proofs() {
        return stores.proofs();
    }

    /** The registered test devices. */
    public TestDeviceStore testDevices() {
        return stores.testDevices();
    }

    /** The progress of loads. */
    public LoadProgressStore loadProgress() {
        return stores.loadProgress();
    }

    /** Who did what: the chain of all acts. */
    public AuditStore audit() {
        return stores.audit();
    }

    /** The sessions that were ended before their time. */
    public SessionEndStore sessionEnds() {
        return stores.sessionEnds();
    }

    /** Secrets in files and in AWS Secrets Manager. */
    public SecretStore secrets() {
        return secrets;
    }

    /** How far our clock is ahead of DynamoDB's, to about half a second; empty before its first answer. */
    public Optional<Duration> clockOffset() {
        return clients.cloudClock().offset();
    }

    /** Makes queues, tables and bucket. */
    public Provisioner provisioner() {
        return provisioner;
    }

    @Override
    public void close() {
        secrets.close();
        clients.close();
    }
}
