package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.Approval;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.Window;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.sender.snapshot.SnapshotInUse;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import io.broadcaster.testkit.simulation.SimulatedQueue;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One campaign from the press to its last outcome: API, fan-out and senders of the real code in processes of one
 * simulation, and everything that may be done to them. Confined to one thread.
 */
final class World {
    /** When the marketer presses: the fleet has told that it is ready by then. */
    static final Duration PRESS_AT = Duration.ofSeconds(3);

    /** A process that died is replaced after this. */
    static final Duration REPLACED_AFTER = Duration.ofSeconds(2);

    /** After the last outcome: what came late must not do anything any more. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    /** An aborted launch is looked at so long for batches that were never dispatched. */
    private static final Duration UNDISPATCHED_AFTER = Duration.ofMinutes(5);

    private static final int STREAMS = 1_000;
    private static final int REDRIVES_MAX = 20;

    private final Shape shape;
    private final Simulation simulation;
    private final SimulatedAudience audience;
    private final Services services;
    private final SnapshotInUse snapshot;
    private final SnapshotSummary summary;
    private final Instant notAfter;
    private final List<ApiNode> apis = new ArrayList<>();
    private final List<FanoutNode> fanouts = new ArrayList<>();
    private final List<SenderNode> senders = new ArrayList<>();
    private final Pressers pressers;
    private int processes;
    private int interruptions;
    private int freezes;
    private int redrives;
    private Duration abortedAt = Duration.ofDays(1);
    private Duration abortWithin = Duration.ofSeconds(1);
    private Duration redriveNotBefore = Duration.ZERO;
    private boolean replaced = true;

    World(long seed, Shape shape, boolean inWords) {
        this.shape = shape;
        simulation = new Simulation(seed, inWords);
        audience = new SimulatedAudience(shape.ios(), shape.android());
        CampaignSpec spec = SimulatedAudience.spec(shape.policy());
        LaunchId launch = LaunchId.of(Fixtures.CAMPAIGN, 1);
        services = new Services(simulation, new ProviderJournal(audience.devices(), launch));
        snapshot = audience.snapshot(launch, spec);
        summary = audience.summary(spec);
        notAfter = Simulation.START.plus(PRESS_AT).plus(shape.window());
        pressers = new Pressers(simulation, apis);
        arm(spec);
    }

    private void arm(CampaignSpec spec) {
        Instant earlier = Simulation.START.minus(Duration.ofHours(1));
        var armed = new CampaignState.Armed(
                summary,
                List.of(new Approval("second", earlier, summary.contentHash())),
                ArmTerms.anybody(new Window(earlier, notAfter)),
                "author",
                earlier);
        var campaign = new Campaign(
                Fixtures.CAMPAIGN, 1, 0, spec, Fixtures.audience(), armed, Authors.of("author"), earlier, earlier);
        if (!(services.campaigns.create(campaign) instanceof Written)) {
            throw new IllegalStateException("an empty store must take the campaign");
        }
    }

    /** Starts the processes of the shape. */
    World start() {
        for (int i = 0; i < shape.processes().apis(); i++) {
            startApi();
        }
        for (int i = 0; i < shape.processes().fanouts(); i++) {
            startFanout();
        }
        for (int i = 0; i < shape.processes().senders(); i++) {
            startSender();
        }
        return this;
    }

    ApiNode startApi() {
        var api = new ApiNode(simulation.process("api-" + ++processes), services, 1);
        apis.add(api);
        api.start();
        return api;
    }

    FanoutNode startFanout() {
        var fanout = new FanoutNode(simulation.process("fanout-" + ++processes), services);
        fanouts.add(fanout);
        fanout.start();
        return fanout;
    }

    SenderNode startSender() {
        var holding = new SenderNode.Holding(snapshot, summary.manifestSha256(), shape.batchesInFlight(), STREAMS);
        var sender = new SenderNode(simulation, simulation.process("sender-" + ++processes), services, holding);
        senders.add(sender);
        sender.start();
        return sender;
    }

    /** The marketer presses at {@link #PRESS_AT}, and again until there is an answer. */
    World pressed() {
        pressers.pressAfter(PRESS_AT, "marketer");
        return this;
    }

    /** Somebody aborts the launch at that time since the start; again and again until the store has it. */
    void abortAt(Duration at) {
        simulation.after(at.minus(simulation.elapsed()), this::abort);
    }

    /** The table of campaigns may leave a sender's looks without an answer, for how long nobody knows. */
    void abortMayGoUnnoticed() {
        abortWithin = Duration.ofDays(1);
    }

    Duration abortWithin() {
        return abortWithin;
    }

    void abort() {
        services.campaigns.find(Fixtures.CAMPAIGN).ifPresent(campaign -> {
            if (Moves.abort(campaign, "marketer", simulation.instant()) instanceof Move.Moved(Campaign aborted)
                    && services.campaigns.replace(aborted) instanceof Written) {
                abortedAt = simulation.elapsed();
                simulation.tell("marketer", () -> "aborted");
            }
        });
    }

    /** SIGKILL, and a new process after a while. */
    void kill(SenderNode sender) {
        if (sender.process().alive()) {
            interruptions++;
            sender.process().kill();
            replace(this::startSender);
        }
    }

    /** SIGKILL, and a new process after a while. */
    void kill(FanoutNode fanout) {
        if (fanout.process().alive()) {
            fanout.process().kill();
            replace(this::startFanout);
        }
    }

    /** SIGKILL, and a new process after a while. */
    void kill(ApiNode api) {
        if (api.process().alive()) {
            api.process().kill();
            replace(this::startApi);
        }
    }

    /** SIGSTOP, and SIGCONT after so long. */
    void freeze(SimulatedProcess process, Duration time) {
        if (process.alive()) {
            interruptions++;
            freezes++;
            process.freeze();
            simulation.after(time, process::thaw);
        }
    }

    /** Runs to the end: every outcome recorded and nothing under way, dead letters redriven; or to the time given. */
    Judgement run(Duration until) {
        boolean ended = simulation.run(until, this::quiet);
        while (ended && deadLetters() > 0 && redrives < REDRIVES_MAX) {
            redrives++;
            runTo(redriveNotBefore);
            services.queues().forEach(SimulatedQueue::redrive);
            ended = simulation.run(until, this::quiet);
        }
        simulation.run(simulation.elapsed().plus(AFTERMATH), () -> false);
        return OnceChecker.judge(this, ended);
    }

    /** Dead letters are moved back no sooner than that, counted from the start. */
    World redriveNotBefore(Duration time) {
        redriveNotBefore = time;
        return this;
    }

    /** From now on what dies is not replaced by itself. */
    World withoutReplacement() {
        replaced = false;
        return this;
    }

    private void replace(Runnable start) {
        if (replaced) {
            simulation.after(REPLACED_AFTER, start);
        }
    }

    /** Leases run out in so many senders without their dying: each may leave what it has in flight. */
    void interrupted(int senders) {
        interruptions += senders;
    }

    /** The sender that runs in the process. */
    SenderNode sender(SimulatedProcess process) {
        return senders.stream()
                .filter(sender -> sender.process().name().equals(process.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The fan-out that runs in the process. */
    FanoutNode fanout(SimulatedProcess process) {
        return fanouts.stream()
                .filter(fanout -> fanout.process().name().equals(process.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The API that runs in the process. */
    ApiNode api(SimulatedProcess process) {
        return apis.stream()
                .filter(api -> api.process().name().equals(process.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Runs to that time since the start, whatever is under way. */
    void runTo(Duration time) {
        simulation.run(time, () -> false);
    }

    /** Nothing is on its way: the launch is dispatched and done as far as it will ever be, and the queues are empty. */
    private boolean quiet() {
        if (simulation.anyFrozen() || !services.queues().stream().allMatch(SimulatedQueue::isEmpty)) {
            return false;
        }
        return services.campaigns
                .find(Fixtures.CAMPAIGN)
                .map(campaign -> switch (campaign.state()) {
                    case CampaignState.Completed _ -> true;
                    case CampaignState.Aborted _ -> (ledger(OutcomeCode.PENDING) == 0 && recordedAll()) || givenUp();
                    case CampaignState.Launched(var _, var _, Dispatch dispatch) ->
                        dispatch instanceof Dispatch.Sent && deadLetters() > 0;
                    case CampaignState.Draft _,
                            CampaignState.Loading _,
                            CampaignState.Loaded _,
                            CampaignState.Armed _,
                            CampaignState.Failed _ -> false;
                })
                .orElse(false);
    }

    private boolean recordedAll() {
        int[] rows = {0};
        services.ledger.scan(snapshot.manifest().launch(), row -> rows[0]++);
        return rows[0] == summary.batches();
    }

    /** Nobody dispatches what an API that died left undispatched when the launch was aborted. */
    private boolean givenUp() {
        return simulation.elapsed().compareTo(abortedAt.plus(UNDISPATCHED_AFTER)) > 0;
    }

    private long deadLetters() {
        return services.queues().stream()
                .mapToLong(queue -> queue.depth().deadLetters())
                .sum();
    }

    Shape shape() {
        return shape;
    }

    Simulation simulation() {
        return simulation;
    }

    Services services() {
        return services;
    }

    SimulatedAudience audience() {
        return audience;
    }

    SnapshotSummary summary() {
        return summary;
    }

    List<ApiNode> apis() {
        return apis;
    }

    List<FanoutNode> fanouts() {
        return fanouts;
    }

    List<SenderNode> senders() {
        return senders;
    }

    /** One that lives, by chance. */
    Optional<SenderNode> anySender() {
        List<SenderNode> alive =
                senders.stream().filter(sender -> sender.process().alive()).toList();
        return alive.isEmpty()
                ? Optional.empty()
                : Optional.of(alive.get(simulation.chance().nextInt(alive.size())));
    }

    Pressers pressers() {
        return pressers;
    }

    /** Devices that the ledger has under the code. */
    long ledger(OutcomeCode code) {
        long[] devices = {0};
        services.ledger.scan(snapshot.manifest().launch(), row -> devices[0] += row.count(code));
        return devices[0];
    }

    /** When the last accepted device of the platform had its first copy, counted from the press. */
    Duration reached(Platform platform) {
        int first = audience.number(platform, 0, 0);
        return services.journal
                .reached(first, first + audience.devices(platform))
                .minus(PRESS_AT);
    }

    Duration notAfter() {
        return Duration.between(Simulation.START, notAfter);
    }

    Duration abortedAt() {
        return abortedAt;
    }

    /** Senders killed, and processes stopped for a while. */
    int interruptions() {
        return interruptions;
    }

    int freezes() {
        return freezes;
    }

    /** Times that dead letters were moved back. */
    int redrives() {
        return redrives;
    }
}
