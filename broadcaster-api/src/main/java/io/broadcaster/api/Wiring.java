package io.broadcaster.api;

import io.broadcaster.api.ApiProcess.Surroundings;
import io.broadcaster.api.audit.Acts;
import io.broadcaster.api.audit.AuditCatchUp;
import io.broadcaster.api.audit.AuditTrail;
import io.broadcaster.api.audit.PressTrail;
import io.broadcaster.api.campaigns.Arming;
import io.broadcaster.api.campaigns.Audiences;
import io.broadcaster.api.campaigns.Authoring;
import io.broadcaster.api.campaigns.Changes;
import io.broadcaster.api.campaigns.Loads;
import io.broadcaster.api.campaigns.Proofing;
import io.broadcaster.api.export.Export;
import io.broadcaster.api.go.Dispatcher;
import io.broadcaster.api.go.Dispatches;
import io.broadcaster.api.go.Finisher;
import io.broadcaster.api.go.FleetView;
import io.broadcaster.api.go.Go;
import io.broadcaster.api.go.SliceSender;
import io.broadcaster.api.go.Sweeper;
import io.broadcaster.api.http.ApiServer;
import io.broadcaster.api.http.AudienceRoutes;
import io.broadcaster.api.http.AuditRoutes;
import io.broadcaster.api.http.Callers;
import io.broadcaster.api.http.CampaignRoutes;
import io.broadcaster.api.http.ConsoleRoutes;
import io.broadcaster.api.http.Downloads;
import io.broadcaster.api.http.ExportRoutes;
import io.broadcaster.api.http.Gate;
import io.broadcaster.api.http.LaunchRoutes;
import io.broadcaster.api.http.LoadTestRoutes;
import io.broadcaster.api.http.OpenApiRoutes;
import io.broadcaster.api.http.PreviewRoutes;
import io.broadcaster.api.http.QueueRoutes;
import io.broadcaster.api.http.RateLimits;
import io.broadcaster.api.http.Room;
import io.broadcaster.api.http.RouteSet;
import io.broadcaster.api.http.SessionRoutes;
import io.broadcaster.api.http.StatusStreams;
import io.broadcaster.api.http.TestDeviceRoutes;
import io.broadcaster.api.http.WatchRoutes;
import io.broadcaster.api.identity.Doors;
import io.broadcaster.api.loadtests.ReportFolder;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.api.progress.QueueDepths;
import io.broadcaster.api.progress.StatusFeed;
import io.broadcaster.api.progress.StatusReader;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StateName;
import io.broadcaster.config.Secret;
import io.broadcaster.snapshot.payload.PayloadRenderer;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.WaitingClock;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the parts of the API hang together, built once and read from top to bottom. Starts nothing. */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final int EXPORT_KEY_BYTES = 32;

    private final ApiConfig config;
    private final Surroundings in;
    private final ApiPorts ports;
    private final Threads threads;
    private final ApiMeters meters;
    private final FleetView fleet;
    private final Dispatches dispatches;
    private final StatusReader statuses;
    private final StatusStreams streams;
    private final QueueDepths queues;
    private final AuditTrail trail;
    private final Doors doors;

    Wiring(ApiConfig config, Surroundings in, Threads threads, ApiMeters meters) {
        this.config = config;
        this.in = in;
        this.ports = in.ports();
        this.threads = threads;
        this.meters = meters;
        var slices =
                new SliceSender(ports.queue(QueueName.SLICES), threads.calls(), in.timings(), in.random(), in.clock());
        var dispatcher = new Dispatcher(ports.campaigns(), slices, in.clock(), meters);
        dispatches = new Dispatches(dispatcher, config.dispatchGrace(), threads.requests(), in.clock(), meters);
        fleet = new FleetView(ports.workers(), config.heartbeatAgeMax(), in.clock());
        var sources = new StatusReader.Sources(
                ports.campaigns(), ports.progress(), ports.ledger(), ports.loadProgress(), ports.proofs());
        queues = new QueueDepths(ports.queues());
        trail = AuditTrail.over(
                ports.audit(), new Acts(this::newId, in.clock()), in.random(), WaitingClock.of(in.clock()), meters);
        var needs = new StatusReader.Needs(config.sendersReadyMin(), config.fcmQuotaPerMinute());
        statuses = new StatusReader(sources, fleet, needs, queues, in.clock());
        var shared = new Doors.Shared(this::isAnyArmed, ports.sessionEnds());
        doors = new Doors(config.identity(), config.isLocal(), shared, in.clock(), in.random());
        var room = new Room(config.streams());
        streams = new StatusStreams(
                new StatusFeed(statuses::read, in.clock()), room, threads.requests(), in.clock(), doors::holds);
        meters.bound(ApiMeters.Bound.KNOWN_TOKENS, doors::knownTokens, Doors.KNOWN_TOKENS_MAX);
        meters.bound(ApiMeters.Bound.STREAMS, room::taken, config.streams().max());
        meters.bound(ApiMeters.Bound.SLICE_CALLS, slices::callsInFlight, SliceSender.CALLS_IN_FLIGHT_MAX);
    }

    FleetView fleet() {
        return fleet;
    }

    QueueDepths queues() {
        return queues;
    }

    StatusStreams streams() {
        return streams;
    }

    ApiServer.Serving serving() {
        var limits = new RateLimits(config.limits(), in.clock(), meters);
        return new ApiServer.Serving(new Callers(doors), new Gate(ports.campaigns()), limits, threads.requests());
    }

    Doors doors() {
        return doors;
    }

    Sweeper sweeper() {
        return new Sweeper(ports.campaigns(), dispatches);
    }

    Finisher finisher() {
        return new Finisher(ports.campaigns(), ports.ledger(), ports.progress(), in.clock());
    }

    AuditTrail trail() {
        return trail;
    }

    AuditCatchUp catchUp() {
        return new AuditCatchUp(ports.campaigns(), ports.sessionEnds(), ports.audit(), trail, in.clock());
    }

    List<RouteSet> routes() {
        var changes = new Changes(ports.campaigns(), trail, in.clock());
        var authoring = new Authoring(ports.campaigns(), changes, Wiring::checkPayloads, ports.objects(), trail.acts());
        var rules = new Audiences.AudienceRules(config.audienceMaxBytes(), this::newId);
        var audiences = new Audiences(ports.campaigns(), changes, ports.objects(), rules, meters);
        var downloads = new Downloads(threads.requests());
        meters.bound(ApiMeters.Bound.DOWNLOADS, downloads::underWay, Downloads.MAX);
        return List.of(
                launchRoutes(changes),
                new CampaignRoutes(ports.campaigns(), authoring),
                new AudienceRoutes(ports.campaigns(), audiences, trail, downloads),
                new WatchRoutes(statuses, streams, fleet, queues, in.clock()),
                new ExportRoutes(ports.campaigns(), export(), trail, downloads),
                new AuditRoutes(ports.audit()),
                new TestDeviceRoutes(ports.testDevices(), trail),
                new QueueRoutes(ports::redrive, trail, in.clock()),
                new LoadTestRoutes(config.loadTests().map(ReportFolder::new)),
                new PreviewRoutes(),
                new ConsoleRoutes(),
                new SessionRoutes(doors, config.apps(), trail, in.clock()),
                new OpenApiRoutes());
    }

    private LaunchRoutes launchRoutes(Changes changes) {
        var readiness = new Go.Readiness(fleet, config.sendersReadyMin());
        var go = new Go(ports.campaigns(), readiness, dispatches, new PressTrail(trail), in.clock());
        var loads = new Loads(changes, ports.queue(QueueName.LOADS));
        var stamps = new Proofing.ProofStamps(this::newId, in.clock());
        var stores = new Proofing.ProofStores(ports.campaigns(), ports.proofs(), ports.testDevices());
        var proofing = new Proofing(stores, ports.queue(QueueName.PROOFS), trail, stamps);
        return new LaunchRoutes(go, loads, proofing, new Arming(changes, ports.proofs()), meters);
    }

    private Export export() {
        Supplier<Secret> processKey = () -> {
            LOG.warn("api.export-key is not set: token hashes of exports hold for this process only");
            byte[] bytes = new byte[EXPORT_KEY_BYTES];
            in.random().nextBytes(bytes);
            return Secret.of(HexFormat.of().formatHex(bytes));
        };
        return new Export(
                ports.objects(),
                ports.ledger(),
                config.exportKey().orElseGet(processKey),
                config.exportKey().isPresent());
    }

    private boolean isAnyArmed() {
        return !ports.campaigns().inStates(EnumSet.of(StateName.ARMED)).isEmpty();
    }

    private String newId() {
        return new UUID(in.random().nextLong(), in.random().nextLong()).toString();
    }

    private static void checkPayloads(LaunchId launch, CampaignSpec spec) {
        var renderer = new PayloadRenderer(spec, launch);
        for (int i = 0; i < spec.contents().size(); i++) {
            for (Platform platform : spec.contents().get(i).platforms()) {
                renderer.render(i, platform);
            }
        }
    }
}
