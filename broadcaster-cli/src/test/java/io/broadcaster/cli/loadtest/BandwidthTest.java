package io.broadcaster.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BandwidthTest {
    @Test
    void forBurst_50msAndTwoSenders_carries800kASecondOfEachPlatform() {
        assertThat(Bandwidth.forBurst(Duration.ofMillis(50), 2))
                .containsEntry("apns.connections", "20")
                .containsEntry("fcm.connections", "200")
                .containsEntry("sender.batches-in-flight", "160");
    }

    @Test
    void forBurst_noDelay_isTheLeast() {
        assertThat(Bandwidth.forBurst(Duration.ZERO, 1))
                .containsEntry("apns.connections", "4")
                .containsEntry("fcm.connections", "4")
                .containsEntry("sender.batches-in-flight", "64");
    }

    @Test
    void sized_library_leavesTheDefaults() {
        var settings = Settings.of(Map.of("sender.transport", "library"));

        assertThat(Bandwidth.sized(settings, Duration.ofMillis(200), 1).values())
                .isEqualTo(settings.values());
    }
}
