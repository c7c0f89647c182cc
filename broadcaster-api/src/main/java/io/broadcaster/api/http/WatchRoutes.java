package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.go.FleetView;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.progress.QueueDepths;
import io.broadcaster.api.progress.Status;
import io.broadcaster.api.progress.StatusReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

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
        fleet.known().forEach(status -> workers.add(FleetJson.of(status, fleet.isLive(status), now)));
        var depths = body.putArray("queues");
        queues.current().forEach((name, depth) -> depths.add(FleetJson.of(name, depth)));
        return Call.json(HttpStatus.OK, body);
    }
}
