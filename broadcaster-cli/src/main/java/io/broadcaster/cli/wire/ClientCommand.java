package io.broadcaster.cli.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.Quiet;
import io.broadcaster.cli.terminal.SettingsOptions;
import io.broadcaster.config.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sending side of a wire test, as a process of its own: warms up, then counts for a while. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        description = {
            "Send to a peer as fast as it goes and count the answers: first to warm up, then for the figures.",
            "The settings (apns.*, fcm.*) are those in the peer's ready file."
        })
public final class ClientCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;

    @Option(names = "--client", required = true, description = "burst, library, pushy or admin.")
    private ClientKind client = ClientKind.LIBRARY;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the figures go, as JSON.")
    private Path out = Path.of("");

    @Mixin
    private CountOptions counted = new CountOptions();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Override
    public Integer call() throws Exception {
        Quiet.unless(false);
        Settings loaded = settings.load();
        Platform platform = counted.platform();
        if (!ClientKind.of(platform).contains(client) || client == ClientKind.H2LOAD) {
            throw new InvalidInput("--client", "must be a Java client for " + platform.wireName(), client);
        }
        var answers = new Answers();
        try (Pump pump = Pumps.open(client, platform, loaded);
                var thread = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("wire-feeder").factory())) {
            Future<?> running = thread.submit(() -> {
                pump.run(answers);
                return null;
            });
            try {
                runFor(counted.warmUp(), running);
                Pumped pumped = count(answers, running);
                if (answers.others() > 0) {
                    throw new IllegalStateException(answers.others() + " requests were not accepted");
                }
                if (pumped.answers() == 0) {
                    throw new IllegalStateException("no answer came within " + counted.time() + ": count for longer");
                }
                new ObjectMapper().writeValue(Files.newOutputStream(out), pumped);
            } finally {
                answers.stop();
            }
        }
        return ExitCode.OK;
    }

    private Pumped count(Answers answers, Future<?> running) throws InterruptedException {
        long before = answers.accepted();
        long cpuBefore = cpuNanos();
        long allocatedBefore = allocated();
        long start = System.nanoTime();
        runFor(counted.time(), running);
        long wall = System.nanoTime() - start;
        return new Pumped(
                answers.accepted() - before,
                wall / NANOS_PER_SECOND,
                (cpuNanos() - cpuBefore) / NANOS_PER_SECOND,
                0,
                allocated() - allocatedBefore);
    }

    /** Lets it run; a pump that ends by itself has failed. */
    private static void runFor(Duration duration, Future<?> running) throws InterruptedException {
        try {
            running.get(duration.toNanos(), TimeUnit.NANOSECONDS);
            throw new IllegalStateException("the client stopped by itself");
        } catch (TimeoutException e) {
            return; // as it should be
        } catch (ExecutionException e) {
            throw new IllegalStateException("the client failed: " + e.getCause(), e);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getTotalThreadAllocatedBytes()
                : 0;
    }
}
