package io.broadcaster.cli.local;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fleet as operating-system processes that share one embedded cloud: each is this very program under another command.
 * Output goes to one log per process in the work folder. Closing sends SIGTERM in reverse order and waits.
 */
final class SeparateProcesses implements Fleet {
    private final Deque<ChildProcess> children = new ArrayDeque<>();
    private final Path work;
    private final Settings settings;
    private final URI api;

    private SeparateProcesses(Path work, FleetSize size, Settings base) {
        this.work = work;
        try {
            ChildProcess cloud =
                    spawn("local-cloud", "local-cloud", "--sqs-port=0", "--dynamodb-port=0", "--s3-port=0");
            settings = base.with(cloud.awaitReady());
            try (AwsCloud aws = AwsCloud.connect(CloudConfig.from(settings))) {
                aws.provisioner().provision();
            }
            String config = "--config=" + SettingsFile.write(work, settings);
            var workers = new ArrayList<ChildProcess>();
            workers.add(spawn("loader", "loader", config));
            for (int i = 1; i <= size.fanouts(); i++) {
                workers.add(spawn("fanout-" + i, "fanout", config));
            }
            for (int i = 1; i <= size.senders(); i++) {
                workers.add(spawn("sender-" + i, "sender", config));
            }
            api = URI.create(
                    Optional.ofNullable(spawn("api", "api", config).awaitReady().get("api"))
                            .orElseThrow());
            for (ChildProcess worker : workers) {
                worker.awaitReady();
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("a process of the fleet cannot be started", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the fleet started", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static SeparateProcesses start(Path work, FleetSize size, Settings base) {
        return new SeparateProcesses(work, size, base);
    }

    @Override
    public URI api() {
        return api;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Map<String, Long> processes() {
        return children.stream().collect(Collectors.toUnmodifiableMap(ChildProcess::name, ChildProcess::pid));
    }

    private ChildProcess spawn(String name, String... command) throws IOException {
        ChildProcess child = ChildProcess.spawn(work, name, ChildProcess.Surroundings.SAME, List.of(command));
        children.push(child);
        return child;
    }

    /** A process that does not drain in time is killed, and that is a failure: the drain is part of what is shown. */
    @Override
    public void close() {
        var killed = new ArrayList<String>();
        try {
            while (!children.isEmpty()) {
                ChildProcess child = children.pop();
                child.terminate();
                if (child.awaitExit(ChildProcess.STOP_MAX).isEmpty()) {
                    killed.add(child.name());
                    child.kill();
                }
            }
        } catch (InterruptedException e) {
            children.forEach(ChildProcess::terminate);
            Thread.currentThread().interrupt();
        }
        if (!killed.isEmpty()) {
            throw new IllegalStateException(
                    killed + " did not stop within " + ChildProcess.STOP_MAX + " of SIGTERM and were killed");
        }
    }
}
