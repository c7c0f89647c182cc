package io.broadcaster.cli.local;

import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.process.OwnProgram;
import io.broadcaster.cli.process.ReadyFile;
import io.broadcaster.config.Settings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The fleet as operating-system processes that share one embedded cloud: each is this very program under another command.
 * Output goes to one log per process in the work folder. Closing sends SIGTERM in reverse order and waits.
 */
final class SeparateProcesses implements Fleet {
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    private final Deque<Child> children = new ArrayDeque<>();
    private final Path work;
    private final Settings settings;
    private final URI api;

    private record Child(String name, Process process, Path readyFile, Path log) {}

    private SeparateProcesses(Path work, FleetSize size, Settings base) {
        this.work = work;
        try {
            Child cloud = spawn("local-cloud", "local-cloud", "--sqs-port=0", "--dynamodb-port=0", "--s3-port=0");
            settings = base.with(ready(cloud));
            try (AwsCloud aws = AwsCloud.connect(CloudConfig.from(settings))) {
                aws.provisioner().provision();
            }
            String config = "--config=" + write(settings);
            var workers = new ArrayList<Child>();
            workers.add(spawn("loader", "loader", config));
            for (int i = 1; i <= size.fanouts(); i++) {
                workers.add(spawn("fanout-" + i, "fanout", config));
            }
            for (int i = 1; i <= size.senders(); i++) {
                workers.add(spawn("sender-" + i, "sender", config));
            }
            api = URI.create(
                    Optional.ofNullable(ready(spawn("api", "api", config)).get("api"))
                            .orElseThrow());
            for (Child worker : workers) {
                ready(worker);
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
        return children.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Child::name, child -> child.process().pid()));
    }

    private Child spawn(String name, String... command) throws IOException {
        Path readyFile = work.resolve(name + ".ready");
        Path log = work.resolve(name + ".log");
        var arguments = new ArrayList<>(List.of(command));
        arguments.add("--ready-file=" + readyFile);
        Process process = new ProcessBuilder(OwnProgram.line(List.of(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var child = new Child(name, process, readyFile, log);
        children.push(child);
        return child;
    }

    private static Map<String, String> ready(Child child) throws InterruptedException {
        var file = new ReadyFile(child.readyFile());
        return Poll.until(
                        START_MAX,
                        () -> {
                            if (!child.process().isAlive()) {
                                throw new IllegalStateException(child.name() + " ended with "
                                        + child.process().exitValue() + "; its log:\n" + Files.readString(child.log()));
                            }
                            return file.read();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The settings hold secrets: the file is the owner's alone. */
    private Path write(Settings settings) throws IOException {
        Path file = Files.createFile(
                work.resolve("settings.properties"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var properties = new Properties();
        properties.putAll(settings.values());
        var text = new StringWriter();
        properties.store(text, "local fleet");
        Files.writeString(file, text.toString());
        return file;
    }

    /** A process that does not drain in time is killed, and that is a failure: the drain is part of what is shown. */
    @Override
    public void close() {
        var killed = new ArrayList<String>();
        try {
            while (!children.isEmpty()) {
                Child child = children.pop();
                child.process().destroy();
                if (!child.process().waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                    killed.add(child.name());
                    child.process().destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            children.forEach(child -> child.process().destroyForcibly());
            Thread.currentThread().interrupt();
        }
        if (!killed.isEmpty()) {
            throw new IllegalStateException(
                    killed + " did not stop within " + STOP_MAX + " of SIGTERM and were killed");
        }
    }
}
