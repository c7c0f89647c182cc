package io.broadcaster.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class H2loadTest {
    private static final String LOG = """
            starting benchmark...
            finished in 3.00s, 386713.33 req/s, 3.69MB/s
            requests: 1160140 total, 1164140 started, 1160140 done, 1160140 succeeded, 0 failed, 0 errored, 0 timeout
            status codes: 1160140 2xx, 0 3xx, 0 4xx, 0 5xx
            0m0.002s 0m0.001s
            0m2.500s 0m0.450s
            """;

    @Test
    void read_whatItPrints_countsAnswersAndTheCpuOfTheChild() {
        Pumped pumped = H2load.read(LOG);

        assertThat(pumped.answers()).isEqualTo(1_160_140);
        assertThat(pumped.wallSeconds()).isEqualTo(3.0);
        assertThat(pumped.cpuSeconds()).isCloseTo(2.95, within(1e-9));
    }

    @Test
    void read_failedRequests_isAnError() {
        assertThatThrownBy(() -> H2load.read(LOG.replace(" 0 failed", " 7 failed")))
                .hasMessageContaining("counts failures");
    }

    @Test
    void read_somethingElse_isAnErrorWithTheLog() {
        assertThatThrownBy(() -> H2load.read("could not resolve host")).hasMessageContaining("could not resolve host");
    }
}
