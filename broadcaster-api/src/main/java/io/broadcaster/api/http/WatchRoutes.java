package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.go.FleetView;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.progress.QueueDepths;
import io.broadcaster.api.progress.Status;
import io.broadcaster.api.progress.StatusReader;
import io.broadcaster.delivery.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Looking on: status, its stream of events, and the fleet. */
public final class WatchRoutes implements RouteSet {
    private final StatusReader statuses;
    private final StatusStreams streams;
    private final FleetView fleet;
    private final QueueDepths queues;
    private final InstantSource clock;

    public WatchRoutes(
            StatusReader statuses, StatusStreams streams, FleetView fleet, QueueDepths queues, InstantSource clock) {
        this.statuses = statuses;
        this.streams = streams;
        this.fleet = fleet;
        this.queues = queues;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/campaigns/{id}/status", Act.READ, this::status),
                Route.get("/campaigns/{id}/events", Act.READ, streams::open).with(Route.Body.ENDLESS_ANSWER),
                Route.get("/fleet", Act.READ_FLEET, this::fleet));
    }

    private HttpResponse status(Call call) {
        return statuses.read(call.campaign())
                .map((Status status) -> Call.json(HttpStatus.OK, status))
                .orElseGet(() -> Answers.missing(call.campaign()));
    }

    private HttpResponse fleet(Call call) {
        Instant now = clock.instant();
        ObjectNode body = Json.object();
        var workers = body.putArray("workers");
        fleet.known().forEach(status -> workers.add(worker(status, now)));
        var depths = body.putArray("queues");
        queues.current().forEach((name, depth) -> {
            ObjectNode queue = depths.addObject();
            queue.put("queue", name.wireName());
            queue.put("visible", depth.visible());
            queue.put("inFlight", depth.inFlight());
            queue.put("deadLetters", depth.deadLetters());
        });
        return Call.json(HttpStatus.OK, body);
    }

    private ObjectNode worker(WorkerStatus status, Instant now) {
        ObjectNode json = Json.object();
        json.put("worker", status.worker());
        json.put("role", status.role().name().toLowerCase(Locale.ROOT));
        json.put("version", status.version());
        json.put("startedAt", status.startedAt().toString());
        json.put(
                "heartbeatAgeMillis",
                Duration.between(status.heartbeatAt(), now).toMillis());
        json.put("live", fleet.isLive(status));
        json.put("connections", status.connections());
        json.put("inFlight", status.inFlight());
        var snapshots = json.putArray("snapshots");
        status.snapshots().forEach(snapshot -> {
            ObjectNode entry = snapshots.addObject();
            entry.put("campaign", snapshot.campaign());
            entry.put("revision", snapshot.revision());
            entry.put("manifestSha256", snapshot.manifestSha256());
            entry.put("phase", snapshot.phase().name().toLowerCase(Locale.ROOT));
            entry.put("detail", snapshot.detail());
        });
        return json;
    }
}
