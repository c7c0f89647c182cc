package io.broadcaster.loadtest.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** On what, with what and when something was measured: printed into every report, as no figure stands without it. */
public record Machine(
        String cpu,
        int cores,
        long memoryBytes,
        String os,
        String jdk,
        List<String> jvmFlags,
        String commit,
        Instant at,
        String command) {
    private static final String UNKNOWN = "unknown";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final double BYTES_PER_GB = 1e9;
    private static final long GIT_SECONDS_MAX = 5;
    private static final List<String> QUIETING = List.of("--enable-native-access", "--sun-misc-unsafe-memory-access");

    public Machine {
        jvmFlags = List.copyOf(jvmFlags);
    }

    /** This machine, at {@code now}, under this command line. The commit is that of the folder in which the program runs. */
    public static Machine current(Instant now, String command) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                runtime.getVmVendor() + " " + runtime.getVmVersion(),
                runtime.getInputArguments().stream()
                        .filter(flag -> QUIETING.stream().noneMatch(flag::startsWith))
                        .toList(),
                checkedOut(),
                now,
                command);
    }

    /** One line for the terminal. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "  %s, %d cores, %.0f GB; %s; %s; commit %s; %s",
                cpu,
                cores,
                memoryBytes / BYTES_PER_GB,
                os,
                jdk,
                commit,
                at);
    }

    private static String cpuModel() {
        if (!Files.isReadable(CPU_INFO)) {
            return System.getProperty("os.arch", UNKNOWN);
        }
        try {
            return Files.readAllLines(CPU_INFO).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch", UNKNOWN));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + CPU_INFO, e);
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : 0;
    }

    private static String checkedOut() {
        String head = git("rev-parse", "--short=12", "HEAD");
        if (head.equals(UNKNOWN)) {
            return head;
        }
        return git("status", "--porcelain", "--untracked-files=no").isEmpty()
                ? head
                : head + " (with uncommitted changes)";
    }

    /** What git prints; unknown where there is no git or no repository. */
    private static String git(String... arguments) {
        var line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text;
            try (var out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                text = out.readAllAsString().strip();
            }
            return process.waitFor(GIT_SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
