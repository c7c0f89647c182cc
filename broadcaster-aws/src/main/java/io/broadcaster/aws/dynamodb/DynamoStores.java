package io.broadcaster.aws.dynamodb;

import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.audit.AuditStore;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.delivery.LedgerStore;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.ProofStore;
import io.broadcaster.delivery.TestDeviceStore;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.identity.SessionEndStore;
import io.broadcaster.task.WaitingClock;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The stores of one deployment, a table each. Safe for any thread. */
public final class DynamoStores {
    private final CampaignStore campaigns;
    private final DeviceStore devices;
    private final LedgerStore ledger;
    private final GroupCommit ledgerCommit;
    private final ProgressStore progress;
    private final WorkerRegistry workers;
    private final ProofStore proofs;
    private final TestDeviceStore testDevices;
    private final LoadProgressStore loadProgress;
    private final AuditStore audit;
    private final SessionEndStore sessionEnds;

    /** @param ledgerRowsMax ledger rows of one transaction; 1 writes each by itself */
    public DynamoStores(
            DynamoDbClient client, String prefix, int ledgerRowsMax, RandomGenerator random, InstantSource clock) {
        var pauses = new Repeats.Pauses(random, WaitingClock.of(clock));
        campaigns = new CampaignTable(
                table(client, prefix, TableName.CAMPAIGNS, pauses),
                () -> new UUID(random.nextLong(), random.nextLong()).toString());
        devices = new DeviceTable(table(client, prefix, TableName.DEVICES, pauses));
        Table rows = table(client, prefix, TableName.LEDGER, pauses);
        ledgerCommit = new GroupCommit(rows, GroupCommit.Bounds.ofRows(ledgerRowsMax), pauses);
        ledger = new LedgerTable(rows, ledgerCommit, clock);
        progress = new ProgressTable(table(client, prefix, TableName.PROGRESS, pauses));
        workers = new WorkerTable(table(client, prefix, TableName.WORKERS, pauses));
        proofs = new ProofTable(table(client, prefix, TableName.PROOFS, pauses));
        testDevices = new TestDeviceTable(table(client, prefix, TableName.TEST_DEVICES, pauses));
        loadProgress = new LoadProgressTable(table(client, prefix, TableName.LOAD_PROGRESS, pauses));
        audit = new AuditTable(table(client, prefix, TableName.AUDIT, pauses));
        sessionEnds = new SessionEndTable(table(client, prefix, TableName.SESSION_ENDS, pauses));
    }

    private static Table table(DynamoDbClient client, String prefix, TableName name, Repeats.Pauses pauses) {
        return new Table(client, name.of(prefix), pauses);
    }

    /** Table {@code campaigns}. */
    public CampaignStore campaigns() {
        return campaigns;
    }

    /** Table {@code devices}. */
    public DeviceStore devices() {
        return devices;
    }

    /** Table {@code ledger}. */
    public LedgerStore ledger() {
        return ledger;
    }

    /** How the writes of table {@code ledger} stand. */
    public LedgerWrites ledgerWrites() {
        return ledgerCommit.figures();
    }

    /** Table {@code progress}. */
    public ProgressStore progress() {
        return progress;
    }

    /** Table {@code workers}. */
    public WorkerRegistry workers() {
        return workers;
    }

    /** Table {@code proofs}. */
    public ProofStore proofs() {
        return proofs;
    }

    /** Table {@code testdevices}. */
    public TestDeviceStore testDevices() {
        return testDevices;
    }

    /** Table {@code loadprogress}. */
    public LoadProgressStore loadProgress() {
        return loadProgress;
    }

    /** Table {@code audit}. */
    public AuditStore audit() {
        return audit;
    }

    /** Table {@code sessionends}. */
    public SessionEndStore sessionEnds() {
        return sessionEnds;
    }
}
