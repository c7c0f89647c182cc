package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.delivery.WorkerRegistry;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Heartbeats: key {@code worker}, attribute {@code document}. A silent worker expires after {@link #KEPT}. */
final class WorkerTable implements WorkerRegistry {
    static final String WORKER = "worker";

    /** Long past the seconds after which readers count a silent worker as gone; DynamoDB may take days more to remove it. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Table table;

    WorkerTable(Table table) {
        this.table = table;
    }

    @Override
    public void heartbeat(WorkerStatus status) {
        table.put(Map.of(
                WORKER,
                Attributes.text(status.worker()),
                "document",
                Attributes.text(document(status).toString()),
                Expiry.ATTRIBUTE,
                Expiry.at(status.heartbeatAt().plus(KEPT))));
    }

    @Override
    public void leave(String worker) {
        table.delete(Map.of(WORKER, Attributes.text(worker)));
    }

    @Override
    public List<WorkerStatus> all() {
        var all = new ArrayList<WorkerStatus>();
        table.scan(item -> all.add(read(item)));
        return List.copyOf(all);
    }

    private static ObjectNode document(WorkerStatus status) {
        ObjectNode document = Documents.document()
                .put("role", status.role().name())
                .put("version", status.version())
                .put("startedAt", status.startedAt().toString())
                .put("heartbeatAt", status.heartbeatAt().toString())
                .put("connections", status.connections())
                .put("inFlight", status.inFlight());
        ArrayNode snapshots = document.putArray("snapshots");
        status.snapshots()
                .forEach(snapshot -> snapshots
                        .addObject()
                        .put("campaign", snapshot.campaign())
                        .put("revision", snapshot.revision())
                        .put("manifestSha256", snapshot.manifestSha256())
                        .put("phase", snapshot.phase().name())
                        .put("detail", snapshot.detail()));
        VitalsDocument.write(status.vitals(), document.putObject("vitals"));
        return document;
    }

    private static WorkerStatus read(Map<String, AttributeValue> item) {
        String worker = Attributes.text(item, WORKER);
        DocumentReader document = Documents.read("worker " + worker, Attributes.text(item, "document"));
        return new WorkerStatus(
                worker,
                document.constant("role", WorkerRole.class),
                document.text("version"),
                document.instant("startedAt"),
                document.instant("heartbeatAt"),
                document.objects("snapshots").stream()
                        .map(WorkerTable::readiness)
                        .toList(),
                document.integer("connections"),
                document.integer("inFlight"),
                document.has("vitals") ? VitalsDocument.read(document.object("vitals")) : WorkerVitals.UNKNOWN);
    }

    private static SnapshotReadiness readiness(DocumentReader node) {
        return new SnapshotReadiness(
                node.text("campaign"),
                node.integer("revision"),
                node.text("manifestSha256"),
                node.constant("phase", Phase.class),
                node.text("detail"));
    }
}
