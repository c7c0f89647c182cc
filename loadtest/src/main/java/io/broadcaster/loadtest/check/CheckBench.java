package io.broadcaster.loadtest.check;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.check.JournalChecker.Launched;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.JournalWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * How long a journal of many devices takes to be written by two threads, to be indexed and to be checked, and what it
 * keeps of the heap. {@code CheckBench [devices]}.
 */
public final class CheckBench {
    private static final String LAUNCH = "00112233445566778899aabbccddeeff";
    private static final int RUN = 1_000;

    private final Journal journal = new Journal(InstantSource.system(), System::nanoTime);
    private final long devicesPerPlatform;
    private final AtomicLong longestNanos = new AtomicLong();

    private CheckBench(long devices) {
        devicesPerPlatform = devices / 2;
    }

    /** Prints a line per stage. */
    public static void main(String[] args) throws Exception {
        var bench = new CheckBench(args.length == 0 ? 4_000_000 : Long.parseLong(args[0]));
        long before = heapBytes();
        bench.stage("write", bench::write);
        System.out.println(String.format(
                Locale.ROOT,
                "         longest %,d entries took %.2f ms of CPU; the log keeps %,d MB",
                RUN,
                bench.longestNanos.get() / 1e6,
                (heapBytes() - before) >> 20));
        bench.stage("index", () -> bench.journal.devices(Platform.IOS) + bench.journal.devices(Platform.ANDROID));
        System.out.println(
                String.format(Locale.ROOT, "         log and index keep %,d MB", (heapBytes() - before) >> 20));
        bench.stage(
                "journal",
                () -> JournalChecker.check(bench.journal, bench::audience, Launched.only(LAUNCH))
                        .verdict());
        bench.stage(
                "ledger",
                () -> LedgerComparison.compare(bench.new Ledger(), bench.journal, LAUNCH)
                        .verdict());
    }

    /** A stage that has a result. */
    @FunctionalInterface
    private interface Stage {
        Object run() throws Exception;
    }

    private void stage(String name, Stage stage) throws Exception {
        long began = System.nanoTime();
        Object result = stage.run();
        System.out.println(
                String.format(Locale.ROOT, "%-8s %.2f s: %s", name, (System.nanoTime() - began) / 1e9, result));
    }

    private Object write() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (Platform platform : Platform.values()) {
            threads.add(Thread.ofPlatform().start(() -> write(platform)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return journal.totals(Platform.IOS).accepted()
                + journal.totals(Platform.ANDROID).accepted();
    }

    private void write(Platform platform) {
        JournalWriter writer = journal.writer(platform);
        int collapseNumber = journal.collapseNumber(LAUNCH);
        var random = new SplittableRandom(platform.wireName().hashCode());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        for (long i = 0; i < devicesPerPlatform; i++) {
            writer.accepted(random.nextLong(), random.nextLong(), collapseNumber, i, i);
            if (i % RUN == RUN - 1) {
                writer.now();
                long now = threads.getCurrentThreadCpuTime();
                longestNanos.accumulateAndGet(now - began, Math::max);
                began = now;
            }
        }
    }

    private void audience(AudienceKeys.Each each) {
        for (Platform platform : Platform.values()) {
            var random = new SplittableRandom(platform.wireName().hashCode());
            for (long i = 0; i < devicesPerPlatform; i++) {
                each.device(platform, random.nextLong(), random.nextLong(), OutcomeCode.ACCEPTED);
            }
        }
    }

    /** Says that all were accepted. */
    private final class Ledger implements DeviceOutcomes {
        @Override
        public void forEach(Consumer<DeviceOutcome> each) {
            throw new UnsupportedOperationException("this ledger knows keys only");
        }

        @Override
        public void forEachKey(Each each) {
            audience(each::device);
        }
    }

    private static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
