package io.broadcaster.loadtest.measure;

import java.util.List;

/**
 * What was used between two moments. Allocation, collections, compilation and heap are of this JVM; CPU is of this process
 * and of those it was told to watch. {@code residentBytes} is the memory of this process at the end.
 */
public record Usage(
        double wallMillis,
        int cores,
        double cpuMillis,
        List<RoleCpu> roles,
        List<ThreadCpu> threads,
        long allocatedBytes,
        Collections collections,
        double jitMillis,
        long heapUsedBytes,
        long heapCommittedBytes,
        long residentBytes) {
    public Usage {
        roles = List.copyOf(roles);
        threads = List.copyOf(threads);
    }

    /** CPU of one role, in the named process where there are several ("" for this one). */
    public record RoleCpu(String role, String process, double cpuMillis) {}

    /** CPU of the threads of one name. */
    public record ThreadCpu(String name, String process, double cpuMillis) {}

    /** Garbage collections that stopped the world: how many, how long in all, and the longest. */
    public record Collections(long count, double pauseMillis, double pauseMaxMillis) {}
}
