package io.broadcaster.api;

import io.broadcaster.api.audit.AuditCatchUp;
import io.broadcaster.api.go.Finisher;
import io.broadcaster.api.go.FleetView;
import io.broadcaster.api.go.SliceTimings;
import io.broadcaster.api.go.Sweeper;
import io.broadcaster.api.http.ApiServer;
import io.broadcaster.api.http.ServedCertificate;
import io.broadcaster.api.identity.Doors;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.api.progress.QueueDepths;
import io.broadcaster.telemetry.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One API process: the server, and the rounds beside it that read fleet and queues, repeat overdue dispatches, complete
 * launches, write down what was left out, hear of ended sessions and look for a renewed certificate. Any number of them
 * share the same stores. Closing it stops the server, then the rounds, and lets the dispatches under way end.
 */
public final class ApiProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiProcess.class);
    private static final Duration SESSION_ENDS_WAIT_MAX = Duration.ofSeconds(2);

    private final Wiring wiring;
    private final Threads threads;
    private final ApiServer server;
    private final List<Rounds> rounds;
    private final List<AutoCloseable> owned;

    private ApiProcess(
            Wiring wiring, Threads threads, ApiServer server, List<Rounds> rounds, List<AutoCloseable> owned) {
        this.wiring = wiring;
        this.threads = threads;
        this.server = server;
        this.rounds = rounds;
        this.owned = owned;
    }

    /** What a process lives in: the ports, and where time, chance, timings and figures come from and go to. */
    public record Surroundings(
            ApiPorts ports,
            InstantSource clock,
            RandomGenerator random,
            SliceTimings timings,
            MeterRegistry registry) {}

    /** Starts serving; {@code owned} are closed, in order, once all else has ended. */
    static ApiProcess start(ApiConfig config, Surroundings in, List<AutoCloseable> owned) {
        Optional<ServedCertificate> certificate = config.tls().map(ServedCertificate::in);
        var meters = new ApiMeters(in.registry());
        Threads threads = Threads.open();
        var wiring = new Wiring(config, in, threads, meters);
        hearOfEndedSessions(wiring.doors(), threads);
        var listening = new ApiServer.Listening(config.bind(), config.port(), certificate, config.bounds());
        var server = ApiServer.start(listening, wiring.routes(), wiring.serving(), in.registry(), meters);
        wiring.trail().start();
        AuditCatchUp catchUp = wiring.catchUp();
        var rounds = new ArrayList<>(List.of(
                Rounds.start("fleet", FleetView.REFRESH_EVERY, in.registry(), wiring.fleet()::refresh),
                Rounds.start("queues", QueueDepths.REFRESH_EVERY, in.registry(), wiring.queues()::refresh),
                Rounds.start("sweeper", Sweeper.EVERY, in.registry(), wiring.sweeper()::sweep),
                Rounds.start("finisher", Finisher.EVERY, in.registry(), wiring.finisher()::finish),
                Rounds.start("audit", AuditCatchUp.EVERY, in.registry(), catchUp::launches),
                Rounds.start("audit-sessions", AuditCatchUp.LOOK_BACK_EVERY, in.registry(), catchUp::sessionEnds),
                Rounds.start("sessions", Doors.REFRESH_EVERY, in.registry(), wiring.doors()::refresh)));
        certificate.ifPresent(served -> {
            meters.certificate(() -> Duration.between(in.clock().instant(), served.until()));
            rounds.add(Rounds.start("certificate", served.interval(), in.registry(), served::refresh));
        });
        LOG.atInfo().addKeyValue("uri", server.uri()).log("api started");
        return new ApiProcess(wiring, threads, server, List.copyOf(rounds), List.copyOf(owned));
    }

    /** Before anybody comes: a session that was ended must not hold again for a restart. A table that is out keeps nobody out. */
    private static void hearOfEndedSessions(Doors doors, Threads threads) {
        try {
            CompletableFuture.runAsync(doors::refresh, threads.requests())
                    .get(SESSION_ENDS_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("sessions that were ended may hold until their table is read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens, such as {@code http://127.0.0.1:8080}. */
    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        wiring.streams().close();
        server.close();
        rounds.forEach(Rounds::close);
        wiring.trail().close();
        threads.close();
        wiring.doors().close();
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("a part of the api did not close");
            }
        }
        LOG.info("api stopped");
    }
}
