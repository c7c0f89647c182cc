package io.broadcaster.loadtest.measure;

import java.util.concurrent.TimeUnit;

/** CPU time of another process. */
public final class ProcessTime {
    private ProcessTime() {}

    /** Seconds of CPU that the process has used so far, its ended threads included; 0 where the system does not tell. */
    public static double cpuSeconds(long pid) {
        return ProcessCpu.read(pid).nanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
