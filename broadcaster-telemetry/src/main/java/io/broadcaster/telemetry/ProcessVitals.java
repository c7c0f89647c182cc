package io.broadcaster.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.broadcaster.delivery.WorkerVitals;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what a heartbeat tells of this process: CPU since the last reading, heap, clock. Any thread. */
public final class ProcessVitals implements Supplier<WorkerVitals> {
    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Supplier<Optional<Duration>> clockOffset;

    /** {@code clockOffset} is how far this process's clock is ahead of the cloud's. */
    public ProcessVitals(Supplier<Optional<Duration>> clockOffset) {
        this.clockOffset = clockOffset;
    }

    @Override
    public WorkerVitals get() {
        Runtime runtime = Runtime.getRuntime();
        return new WorkerVitals(
                Math.clamp(machine.getProcessCpuLoad(), 0, 1), // negative while it is not known
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                clockOffset.get(),
                List.of());
    }
}
