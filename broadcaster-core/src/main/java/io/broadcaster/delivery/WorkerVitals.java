package io.broadcaster.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a worker's process is: {@code cpuShare} of all the machine's cores from 0 to 1, heap in bytes, {@code clockOffset} by
 * which its clock is ahead of the cloud's (negative: behind; empty before the cloud has answered), and the keys it shows to
 * providers (senders only).
 */
public record WorkerVitals(
        double cpuShare, long heapBytes, long heapMaxBytes, Optional<Duration> clockOffset, List<ProviderKey> keys) {
    /** Of a worker that does not tell, as before its heartbeat has asked. */
    public static final WorkerVitals UNKNOWN = new WorkerVitals(0, 0, 0, Optional.empty(), List.of());

    public WorkerVitals {
        keys = List.copyOf(keys);
    }

    /** Whether the worker has told at all. */
    public boolean isKnown() {
        return heapMaxBytes > 0;
    }

    /** The same with these keys. */
    public WorkerVitals with(List<ProviderKey> shown) {
        return new WorkerVitals(cpuShare, heapBytes, heapMaxBytes, clockOffset, shown);
    }
}
