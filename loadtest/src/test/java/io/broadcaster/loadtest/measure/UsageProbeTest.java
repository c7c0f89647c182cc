package io.broadcaster.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class UsageProbeTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void read_threadThatBurns_findsItsRoleCpuAndAllocation() throws InterruptedException {
        try (UsageProbe probe = UsageProbe.start(Map.of())) {
            var read = new CountDownLatch(1);
            var burnt = new CountDownLatch(1);
            Thread burner = Thread.ofPlatform().name("provider-simulator-test").start(() -> {
                burn();
                burnt.countDown();
                awaitQuietly(read); // a living thread is told by its name
            });
            burnt.await();
            Usage usage = probe.read();
            read.countDown();
            burner.join();

            double simulators = usage.roles().stream()
                    .filter(role -> role.role().equals(Role.SIMULATORS.label()))
                    .mapToDouble(Usage.RoleCpu::cpuMillis)
                    .sum();
            assertThat(simulators).isGreaterThan(90);
            assertThat(usage.cpuMillis()).isGreaterThanOrEqualTo(simulators - 20);
            assertThat(usage.allocatedBytes()).isGreaterThan(1 << 20);
            assertThat(usage.residentBytes()).isPositive();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** 100 ms of CPU and some MiB. */
    private static void burn() {
        var threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(100);
        long sum = 0;
        while (threads.getCurrentThreadCpuTime() < end) {
            sum += IntStream.range(0, 10_000)
                    .boxed()
                    .mapToLong(Integer::longValue)
                    .sum();
        }
        assertThat(sum).isPositive();
    }
}
