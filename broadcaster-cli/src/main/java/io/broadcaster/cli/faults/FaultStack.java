package io.broadcaster.cli.faults;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.local.ChildProcess;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.local.SettingsFile;
import io.broadcaster.cli.process.CloudSettings;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.Simulators;
import io.broadcaster.loadtest.provider.SimulatorsConfig;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.localcloud.issuer.LocalIssuer;
import io.broadcaster.task.QueueName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a row of the matrix runs on: cloud and provider simulators in this process, where nothing kills them, and every
 * worker as a process of its own, started and killed at will. Used by one thread.
 */
final class FaultStack implements AutoCloseable {
    /** Small JVMs that start fast: they are killed sooner than a better compiler would pay. */
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

    /** Short times, so that what a dead worker held comes again within seconds; a row may set others. */
    private static final Map<String, String> IMPATIENT = Map.ofEntries(
            Map.entry("api.dispatch-grace", "1s"),
            Map.entry("cloud.max-receive-count", "100"),
            Map.entry("api.rehearsal-presses", "0"),
            Map.entry("fanout.rehearsal-batches", "0"),
            Map.entry("fanout.long-poll", "1s"),
            Map.entry("fanout.visibility", "3s"),
            Map.entry("fanout.drain-time", "5s"),
            Map.entry("sender.rehearsal-batches", "0"),
            Map.entry("sender.watch-interval", "100ms"),
            Map.entry("sender.heartbeat", "250ms"),
            Map.entry("sender.long-poll", "1s"),
            Map.entry("sender.visibility", "3s"),
            Map.entry("sender.ledger-lease", "2s"),
            Map.entry("apns.connections", "2"),
            Map.entry("fcm.connections", "4"));

    private static final Duration QUEUES_EMPTY_MAX = Duration.ofMinutes(2);

    private final Path work;
    private final ClassArchive archive;
    private final Outside outside;
    private final Settings settings;
    private final Path settingsFile;
    private final AwsCloud cloud;
    private final List<ChildProcess> running = new CopyOnWriteArrayList<>();
    private final List<URI> apis = new ArrayList<>();
    private final List<ChildProcess> fanoutWorkers = new ArrayList<>();
    private final Set<String> launches = new HashSet<>();
    private final Thread orphans = new Thread(this::killAll, "kill-workers");
    private int started;

    /** What the workers talk to. */
    private record Outside(LocalCloud local, Simulators simulators, LocalIssuer issuer, ShiftedClock clock) {}

    private FaultStack(Path work, ClassArchive archive, Outside outside, Settings settings) throws IOException {
        this.work = work;
        this.archive = archive;
        this.outside = outside;
        this.settings = settings;
        settingsFile = SettingsFile.write(work, settings);
        cloud = AwsCloud.connect(CloudConfig.from(settings));
        cloud.provisioner().provision();
        Runtime.getRuntime().addShutdownHook(orphans);
    }

    /** The cloud and the providers; no worker yet. */
    static FaultStack start(Path work, ClassArchive archive) {
        var providersClock = new ShiftedClock(InstantSource.system());
        LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral().keptIn(work.resolve("s3")));
        Simulators simulators = Simulators.start(SimulatorsConfig.in(work.resolve("providers"), providersClock));
        var merged = new TreeMap<>(LocalStack.FREE_PORTS);
        merged.putAll(IMPATIENT);
        merged.putAll(CloudSettings.of(local));
        LocalIssuer issuer = LocalStack.issuer(0);
        merged.putAll(simulators.settings());
        merged.putAll(issuer.settings());
        merged.putAll(LocalStack.sharedKeys());
        try {
            return new FaultStack(
                    work, archive, new Outside(local, simulators, issuer, providersClock), Settings.of(merged));
        } catch (IOException e) {
            issuer.close();
            simulators.close();
            local.close();
            throw new UncheckedIOException("the settings of the fleet cannot be written", e);
        }
    }

    Simulators simulators() {
        return outside.simulators();
    }

    /** The providers' clock. */
    ShiftedClock providersClock() {
        return outside.clock();
    }

    /** The port of the queue service. */
    int queuesPort() {
        return outside.local().sqsEndpoint().getPort();
    }

    /** This process's own connection, which no worker shares. */
    AwsCloud cloud() {
        return cloud;
    }

    Settings settings() {
        return settings;
    }

    /** Tells of a launch that may come: its deliveries are expected in the journals. */
    void announce(String launch) {
        launches.add(launch);
    }

    /** Every launch that was told of. */
    Set<String> launches() {
        return Set.copyOf(launches);
    }

    /** Where S3 keeps its objects. */
    Path objects() {
        return work.resolve("s3");
    }

    /** Starts a worker under these settings beside the stack's; it is not ready yet. */
    ChildProcess spawn(Tier tier, Map<String, String> more) {
        return spawn(tier, more, Map.of());
    }

    /** The same with these variables of the environment. */
    ChildProcess spawn(Tier tier, Map<String, String> more, Map<String, String> environment) {
        return spawn(tier, more, new ChildProcess.Surroundings(archive.options(), environment));
    }

    /** The same with this instead of the archive of classes. */
    ChildProcess spawn(Tier tier, Map<String, String> more, ChildProcess.Surroundings surroundings) {
        var command = new ArrayList<>(List.of(tier.command(), "--config=" + settingsFile));
        more.forEach((key, value) -> command.add("--set=" + key + "=" + value));
        try {
            var options = new ArrayList<>(SMALL);
            options.addAll(surroundings.jvmOptions());
            var around = new ChildProcess.Surroundings(options, surroundings.environment());
            ChildProcess child = ChildProcess.spawn(work, tier.command() + "-" + ++started, around, command);
            running.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("a " + tier.command() + " process cannot be started", e);
        }
    }

    /** The API processes that every row can press at, and fan-out workers; returns once all are ready. */
    void startShared(int apiProcesses, int fanouts) throws InterruptedException {
        archive.make(this);
        var starting = new ArrayList<ChildProcess>();
        for (int i = 0; i < apiProcesses; i++) {
            starting.add(spawn(Tier.API, Map.of()));
        }
        var workers = new ArrayList<ChildProcess>();
        for (int i = 0; i < fanouts; i++) {
            workers.add(spawn(Tier.FANOUT, Map.of()));
        }
        for (ChildProcess api : starting) {
            apis.add(api(api));
        }
        for (ChildProcess worker : workers) {
            worker.awaitReady();
        }
        fanoutWorkers.addAll(workers);
    }

    /** The shared fan-out workers. */
    List<ChildProcess> fanouts() {
        return List.copyOf(fanoutWorkers);
    }

    /** Where an API process serves, once it does. */
    static URI api(ChildProcess process) throws InterruptedException {
        return URI.create(process.awaitReady().getOrDefault("api", ""));
    }

    /** The shared API processes. */
    List<URI> apis() {
        return List.copyOf(apis);
    }

    /** SIGKILL, and nothing more is expected of it. */
    void kill(ChildProcess child) throws InterruptedException {
        forget(child);
        child.kill();
    }

    /** SIGTERM to all, then waits; those that did not end with status 0 in time are killed and named. */
    List<String> drain(List<ChildProcess> children) throws InterruptedException {
        children.forEach(ChildProcess::terminate);
        var failed = new ArrayList<String>();
        for (ChildProcess child : children) {
            var status = child.awaitExit(ChildProcess.STOP_MAX);
            forget(child);
            if (status.isEmpty()) {
                child.kill();
                failed.add(child.name() + " did not drain within " + ChildProcess.STOP_MAX);
            } else if (status.get() != 0) {
                failed.add(child.name() + " drained with status " + status.get());
            }
        }
        return failed;
    }

    /** Waits until no batch waits or is being worked on: what a dead worker held has come again and was settled. */
    void awaitQueuesEmpty() throws InterruptedException {
        Poll.until(
                QUEUES_EMPTY_MAX,
                () -> Arrays.stream(Platform.values())
                        .map(platform ->
                                cloud.queue(QueueName.batches(platform)).depth())
                        .mapToLong(depth -> depth.visible() + depth.inFlight() + depth.deadLetters())
                        .sum(),
                messages -> messages == 0);
    }

    private void forget(ChildProcess child) {
        running.remove(child);
    }

    /** Nobody else would stop them: they outlive this process, even where it is broken off. */
    private void killAll() {
        for (ChildProcess child : running) {
            try {
                child.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        killAll();
        var _ = Runtime.getRuntime().removeShutdownHook(orphans);
        cloud.close();
        outside.issuer().close();
        outside.simulators().close();
        outside.local().close();
    }
}
