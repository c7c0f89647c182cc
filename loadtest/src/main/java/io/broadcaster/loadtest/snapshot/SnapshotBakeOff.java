package io.broadcaster.loadtest.snapshot;

import com.sun.management.ThreadMXBean;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.measure.Usage;
import io.broadcaster.loadtest.measure.UsageProbe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures forms of the snapshot on the same devices: what it costs to load them and to look one up. Files are warm in the
 * page cache. Used by one thread.
 */
public final class SnapshotBakeOff {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int LOOK_UPS = 1 << 21;
    private static final long STRIDE = 1_000_003;
    private static final int TOKEN_MAX = 512;

    private final SyntheticAudience audience;
    private final int loads;

    /** {@code loads} times each form is loaded; the first is cold. */
    public SnapshotBakeOff(SyntheticAudience audience, int loads) {
        this.audience = audience;
        this.loads = loads;
    }

    /** The forms that take part, the product's own first. */
    public enum Form {
        ARROW,
        CSV_GZIP,
        JSONL_ZSTD;

        SnapshotForm open() throws IOException {
            return switch (this) {
                case ARROW -> new ArrowForm();
                case CSV_GZIP -> TextForm.csvGzip();
                case JSONL_ZSTD -> TextForm.jsonLinesZstd();
            };
        }
    }

    /**
     * One form. {@code loads} in order, the first in a cold JVM if the form is the first; {@code heapPeakBytes} above the
     * heap before the load, {@code heapGrowthBytes} what stays after a collection; look-ups are of scattered devices.
     */
    public record Figures(
            Form form,
            double writeMillis,
            long fileBytes,
            List<Load> loads,
            long offHeapBytes,
            double lookUpNanos,
            double lookUpBytes) {
        public Figures {
            loads = List.copyOf(loads);
        }

        /** The best load after the first. */
        public double warmMillis() {
            return loads.stream()
                    .skip(1)
                    .mapToDouble(Load::millis)
                    .min()
                    .orElse(loads.getFirst().millis());
        }

        /** The most CPU-frugal load after the first: what other work on the machine disturbs least. */
        public double warmCpuMillis() {
            return loads.stream()
                    .skip(1)
                    .mapToDouble(Load::cpuMillis)
                    .min()
                    .orElse(loads.getFirst().cpuMillis());
        }
    }

    /** One load. */
    public record Load(
            double millis, double cpuMillis, long allocatedBytes, long heapPeakBytes, long heapGrowthBytes) {}

    /** Measures the forms one after the other and tells each. */
    public List<Figures> run(List<Form> forms, Consumer<Figures> told) throws IOException, InterruptedException {
        var all = new ArrayList<Figures>();
        for (Form form : forms) {
            Figures figures = measure(form);
            told.accept(figures);
            all.add(figures);
        }
        return List.copyOf(all);
    }

    private Figures measure(Form form) throws IOException, InterruptedException {
        try (SnapshotForm snapshot = form.open()) {
            long start = System.nanoTime();
            long bytes = snapshot.write(audience);
            double writeMillis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            var each = new ArrayList<Load>();
            double lookUpNanos = 0;
            double lookUpBytes = 0;
            long offHeap = 0;
            for (int i = 0; i < loads; i++) {
                long heapBefore = collectedHeap();
                heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
                try (UsageProbe probe = UsageProbe.start(Map.of());
                        SnapshotForm.Tokens tokens = snapshot.load()) {
                    Usage usage = probe.read();
                    long peak = heapPools().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum();
                    each.add(new Load(
                            usage.wallMillis(),
                            usage.cpuMillis(),
                            usage.allocatedBytes(),
                            Math.max(0, peak - heapBefore),
                            collectedHeap() - heapBefore));
                    offHeap = tokens.bytesOffHeap();
                    long allocated = allocated();
                    lookUpNanos = lookUp(tokens);
                    lookUpBytes = (double) (allocated() - allocated) / LOOK_UPS;
                }
            }
            return new Figures(form, writeMillis, bytes, each, offHeap, lookUpNanos, lookUpBytes);
        }
    }

    private double lookUp(SnapshotForm.Tokens tokens) {
        byte[] token = new byte[TOKEN_MAX];
        long bytes = 0;
        long device = 0;
        long start = System.nanoTime();
        for (int i = 0; i < LOOK_UPS; i++) {
            device += STRIDE;
            Platform platform = (i & 1) == 0 ? Platform.IOS : Platform.ANDROID;
            bytes += tokens.copy(platform, device % Math.max(1, audience.devices(platform)), token);
        }
        long took = System.nanoTime() - start;
        if (bytes == 0) {
            throw new IllegalStateException("a token must have bytes");
        }
        return (double) took / LOOK_UPS;
    }

    private static long collectedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
