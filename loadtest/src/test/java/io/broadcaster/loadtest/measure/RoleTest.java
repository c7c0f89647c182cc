package io.broadcaster.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoleTest {
    @Test
    void of_namesAsTheKernelCutsThem_areTold() {
        assertThat(Role.of("provider-simula")).isEqualTo(Role.SIMULATORS);
        assertThat(Role.of("ForkJoinPool-1-")).isEqualTo(Role.VIRTUAL_THREADS);
        assertThat(Role.of("nioEventLoopGro")).isEqualTo(Role.SENDER_LIBRARIES);
        assertThat(Role.of("SQLiteQueue[]")).isEqualTo(Role.DYNAMODB);
        assertThat(Role.of("sqs-3-1")).isEqualTo(Role.SQS_SERVER);
        assertThat(Role.of("GC Thread#1")).isEqualTo(Role.GC);
        assertThat(Role.of("C2 CompilerThre")).isEqualTo(Role.JIT);
        assertThat(Role.of("something-else")).isEqualTo(Role.OTHER);
    }
}
