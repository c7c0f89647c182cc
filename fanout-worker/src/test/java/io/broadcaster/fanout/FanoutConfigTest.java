package io.broadcaster.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Settings;
import io.broadcaster.fanout.enqueue.BatchEnqueuer;
import io.broadcaster.task.ConsumerConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FanoutConfigTest {
    @Test
    void from_nothing_hasEveryDefault() {
        assertThat(FanoutConfig.from(Settings.of(Map.of())))
                .isEqualTo(new FanoutConfig(
                        new ConsumerConfig(
                                4, 32, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20)),
                        new BatchEnqueuer.Limits(64, Duration.ofMinutes(1)),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(250),
                        12_000));
    }

    @Test
    void from_visibilityNotLongerThanThePoll_isRefusedByName() {
        var settings = Settings.of(Map.of("fanout.visibility", "10s", "fanout.long-poll", "10s"));

        assertThatThrownBy(() -> FanoutConfig.from(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("fanout.visibility must be longer than fanout.long-poll");
    }

    @Test
    void from_unknownKey_isRefusedByName() {
        assertThatThrownBy(() -> FanoutConfig.from(Settings.of(Map.of("fanout.poller", "3"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key 'fanout.poller'");
    }
}
