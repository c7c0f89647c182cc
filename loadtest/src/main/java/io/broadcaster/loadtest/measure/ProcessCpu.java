package io.broadcaster.loadtest.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * CPU time of one process and of each of its living threads at one moment, as the Linux kernel counts it, in nanoseconds.
 * On a system without {@code /proc} both are empty.
 */
record ProcessCpu(long nanos, Map<Long, ThreadCpu> threads) {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern NUMBERS = Pattern.compile("[-#0-9]+$");
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    /** Fields after the name in {@code stat}: its state is the third of all. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /** One thread under its name, cut by the kernel to 15 characters. */
    record ThreadCpu(String name, long nanos) {}

    static ProcessCpu read(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        Path tasks = process.resolve("task");
        if (!Files.isDirectory(tasks)) {
            return new ProcessCpu(0, Map.of());
        }
        var threads = new HashMap<Long, ThreadCpu>();
        try (Stream<Path> all = Files.list(tasks)) {
            for (Path task : all.toList()) {
                readThread(task, threads);
            }
            return new ProcessCpu(totalNanos(process), threads);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CPU times of process " + pid, e);
        }
    }

    /** What was spent from {@code before} to this, by role. */
    Map<Role, Long> since(ProcessCpu before) {
        var byRole = new EnumMap<Role, Long>(Role.class);
        long living = 0;
        for (var thread : threads.entrySet()) {
            long spent = spent(thread.getKey(), thread.getValue(), before);
            living += spent;
            byRole.merge(Role.of(thread.getValue().name()), spent, Long::sum);
        }
        long ended = nanos - before.nanos - living;
        if (ended > NANOS_PER_TICK) {
            byRole.merge(Role.ENDED, ended, Long::sum);
        }
        byRole.values().removeIf(spent -> spent == 0);
        return byRole;
    }

    /** The same by the name of the threads, numbers at its end left out. */
    Map<String, Long> sinceByName(ProcessCpu before) {
        var byName = new TreeMap<String, Long>();
        threads.forEach((id, thread) ->
                byName.merge(NUMBERS.matcher(thread.name()).replaceFirst(""), spent(id, thread, before), Long::sum));
        byName.values().removeIf(spent -> spent == 0);
        return byName;
    }

    private static long spent(long id, ThreadCpu thread, ProcessCpu before) {
        ThreadCpu earlier = before.threads.get(id);
        return thread.nanos() - (earlier == null ? 0 : earlier.nanos());
    }

    private static void readThread(Path task, Map<Long, ThreadCpu> into) throws IOException {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            String schedule = Files.readString(task.resolve("schedstat"));
            into.put(
                    Long.valueOf(task.getFileName().toString()),
                    new ThreadCpu(name, Long.parseLong(schedule.substring(0, schedule.indexOf(' ')))));
        } catch (NoSuchFileException e) {
            // it ended between the listing and the reading: its time is in the process's total
            into.remove(Long.valueOf(task.getFileName().toString()));
        }
    }

    private static long totalNanos(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * NANOS_PER_TICK;
    }
}
