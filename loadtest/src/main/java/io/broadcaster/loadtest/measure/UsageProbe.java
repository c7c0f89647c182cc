package io.broadcaster.loadtest.measure;

import com.sun.management.ThreadMXBean;
import io.broadcaster.loadtest.measure.Usage.RoleCpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what is used from its start on. A reading costs about a millisecond, so it is taken at the ends of what is
 * measured, never within. Used by one thread; close it.
 */
public final class UsageProbe implements AutoCloseable {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KIB = 1024;
    private static final String THIS = "";

    private final Map<String, Long> processes;
    private final CollectionPauses pauses = new CollectionPauses();
    private final Map<String, ProcessCpu> cpuAtStart;
    private final long allocatedAtStart;
    private final long jitAtStart;
    private final long startNanos;

    private UsageProbe(Map<String, Long> others) {
        processes = new HashMap<>(others);
        processes.put(THIS, ProcessHandle.current().pid());
        allocatedAtStart = allocated();
        jitAtStart = jitMillis();
        cpuAtStart = cpu();
        startNanos = System.nanoTime();
    }

    /** Starts to measure this process and {@code others} (name → process id). */
    public static UsageProbe start(Map<String, Long> others) {
        return new UsageProbe(others);
    }

    /** What was used since the start. */
    public Usage read() {
        double wallMillis = (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
        Map<String, ProcessCpu> now = cpu();
        var roles = new ArrayList<RoleCpu>();
        var threads = new ArrayList<Usage.ThreadCpu>();
        double total = 0;
        for (var each : now.entrySet()) {
            ProcessCpu before = cpuAtStart.getOrDefault(each.getKey(), new ProcessCpu(0, Map.of()));
            total += (each.getValue().nanos() - before.nanos()) / NANOS_PER_MILLI;
            each.getValue()
                    .since(before)
                    .forEach((role, spent) ->
                            roles.add(new RoleCpu(role.label(), each.getKey(), spent / NANOS_PER_MILLI)));
            each.getValue()
                    .sinceByName(before)
                    .forEach((name, spent) ->
                            threads.add(new Usage.ThreadCpu(name, each.getKey(), spent / NANOS_PER_MILLI)));
        }
        roles.sort(Comparator.comparingDouble(RoleCpu::cpuMillis).reversed());
        threads.sort(Comparator.comparingDouble(Usage.ThreadCpu::cpuMillis).reversed());
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Usage(
                wallMillis,
                Runtime.getRuntime().availableProcessors(),
                total,
                roles,
                threads,
                allocated() - allocatedAtStart,
                pauses.soFar(),
                jitMillis() - jitAtStart,
                heap.getUsed(),
                heap.getCommitted(),
                resident());
    }

    @Override
    public void close() {
        pauses.close();
    }

    private Map<String, ProcessCpu> cpu() {
        var all = new HashMap<String, ProcessCpu>();
        processes.forEach((name, pid) -> all.put(name, ProcessCpu.read(pid)));
        return all;
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getTotalThreadAllocatedBytes()
                : 0;
    }

    private static long jitMillis() {
        var compiler = ManagementFactory.getCompilationMXBean();
        return compiler == null ? 0 : compiler.getTotalCompilationTime();
    }

    private static long resident() {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try {
            List<String> lines = Files.readAllLines(STATUS);
            return lines.stream()
                            .filter(line -> line.startsWith(RESIDENT))
                            .map(line -> line.substring(RESIDENT.length())
                                    .replace("kB", "")
                                    .strip())
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(0)
                    * BYTES_PER_KIB;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS, e);
        }
    }
}
