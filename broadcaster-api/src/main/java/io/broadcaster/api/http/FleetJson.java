package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.config.WireName;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue.Depth;
import java.time.Duration;
import java.time.Instant;

/** Workers and queues as they go out. */
final class FleetJson {
    private FleetJson() {}

    static ObjectNode of(QueueName name, Depth depth) {
        return Json.object()
                .put("queue", name.wireName())
                .put("visible", depth.visible())
                .put("inFlight", depth.inFlight())
                .put("deadLetters", depth.deadLetters());
    }

    /** One worker as of {@code now}; what it has not told is left out. */
    static ObjectNode of(WorkerStatus status, boolean live, Instant now) {
        ObjectNode json = Json.object()
                .put("worker", status.worker())
                .put("role", WireName.of(status.role()))
                .put("version", status.version())
                .put("startedAt", status.startedAt().toString())
                .put("heartbeatAgeMillis", age(status.heartbeatAt(), now))
                .put("live", live)
                .put("connections", status.connections())
                .put("inFlight", status.inFlight());
        var snapshots = json.putArray("snapshots");
        status.snapshots().forEach(snapshot -> snapshots.add(of(snapshot)));
        WorkerVitals vitals = status.vitals();
        if (vitals.isKnown()) {
            json.put("cpuShare", vitals.cpuShare())
                    .put("heapBytes", vitals.heapBytes())
                    .put("heapMaxBytes", vitals.heapMaxBytes());
        }
        vitals.clockOffset().ifPresent(offset -> json.put("clockOffsetMillis", offset.toMillis()));
        var keys = json.putArray("keys");
        vitals.keys().forEach(key -> keys.add(of(key, now)));
        return json;
    }

    private static ObjectNode of(SnapshotReadiness snapshot) {
        return Json.object()
                .put("campaign", snapshot.campaign())
                .put("revision", snapshot.revision())
                .put("manifestSha256", snapshot.manifestSha256())
                .put("phase", WireName.of(snapshot.phase()))
                .put("detail", snapshot.detail());
    }

    private static ObjectNode of(ProviderKey key, Instant now) {
        ObjectNode json = Json.object()
                .put("platform", key.platform().wireName())
                .put("key", key.key())
                .put("phase", WireName.of(key.phase()))
                .put("detail", key.detail());
        key.tokenIssuedAt().ifPresent(issued -> json.put("tokenAgeMillis", age(issued, now)));
        return json;
    }

    private static long age(Instant since, Instant now) {
        return Duration.between(since, now).toMillis();
    }
}
