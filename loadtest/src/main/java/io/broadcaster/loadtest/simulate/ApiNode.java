package io.broadcaster.loadtest.simulate;

import io.broadcaster.api.go.Dispatcher;
import io.broadcaster.api.go.Dispatches;
import io.broadcaster.api.go.Finisher;
import io.broadcaster.api.go.FleetView;
import io.broadcaster.api.go.Go;
import io.broadcaster.api.go.Press;
import io.broadcaster.api.go.PressLog;
import io.broadcaster.api.go.SliceSender;
import io.broadcaster.api.go.Sweeper;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.task.WaitingClock;
import io.broadcaster.testkit.simulation.RemoteCampaigns;
import io.broadcaster.testkit.simulation.SimulatedProcess;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An API process: the press, its dispatch, the sweeper and the finisher, without HTTP in front. */
final class ApiNode {
    private static final Duration DISPATCH_GRACE = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT_AGE_MAX = Duration.ofSeconds(5);

    private final SimulatedProcess process;
    private final Services services;
    private final int sendersReadyMin;
    private @Nullable Go go;

    ApiNode(SimulatedProcess process, Services services, int sendersReadyMin) {
        this.process = process;
        this.services = services;
        this.sendersReadyMin = sendersReadyMin;
    }

    void start() {
        process.start("main", this::wire);
    }

    SimulatedProcess process() {
        return process;
    }

    private void wire() {
        WaitingClock clock = process.clock();
        RemoteCampaigns campaigns = services.campaigns(process);
        var meters = new ApiMeters(new CompositeMeterRegistry());
        var threads = new ThreadPerTask();
        var slices = new SliceSender(services.slices.from(process), threads, (_, _) -> {}, process.random(), clock);
        var dispatcher = new Dispatcher(campaigns, slices, clock, meters);
        var dispatches = new Dispatches(dispatcher, DISPATCH_GRACE, threads, clock, meters);
        var fleet = new FleetView(services.workers(process), HEARTBEAT_AGE_MAX, clock);
        go = new Go(campaigns, new Go.Readiness(fleet, sendersReadyMin), dispatches, PressLog.none(), clock);
        var sweeper = new Sweeper(campaigns, dispatches);
        var finisher = new Finisher(campaigns, services.ledger(process), services.progress(process), clock);
        process.loop("fleet", FleetView.REFRESH_EVERY, fleet::refresh);
        process.loop("sweeper", Sweeper.EVERY, sweeper::sweep);
        process.loop("finisher", Finisher.EVERY, finisher::finish);
    }

    /** One press; {@code answered} hears the answer unless the process dies or the store fails. */
    void press(CampaignId campaign, String presser, Consumer<Press> answered, Runnable failed) {
        process.start("press", () -> {
            Go pressed = go;
            if (pressed == null) {
                failed.run();
                return;
            }
            try {
                answered.accept(pressed.press(campaign, presser));
            } catch (RuntimeException e) {
                failed.run();
            }
        });
    }
}
