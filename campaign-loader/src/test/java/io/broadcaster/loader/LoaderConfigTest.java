package io.broadcaster.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoaderConfigTest {
    @Test
    void from_nothingSet_hasTheDefaults() {
        assertThat(LoaderConfig.from(Settings.of(Map.of())))
                .isEqualTo(new LoaderConfig(
                        1,
                        16,
                        16 << 20,
                        32 << 20,
                        64L << 30,
                        200,
                        1_000_000_000,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(20),
                        Duration.ZERO,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        4,
                        Duration.ofSeconds(5)));
    }

    @Test
    void from_wrongValuesAndUnknownKey_namesAll() {
        var settings = Settings.of(Map.of(
                "loader.parallelism",
                "0",
                "loader.visibility",
                "5s",
                "loader.segment-bytes",
                "much",
                "loader.wrong",
                "1"));

        assertThatThrownBy(() -> LoaderConfig.from(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("loader.parallelism must be a whole number from 1 to 256, but was '0'")
                .hasMessageContaining("loader.visibility must be a duration from 21s to 12h")
                .hasMessageContaining("loader.segment-bytes")
                .hasMessageContaining("unknown key 'loader.wrong'");
    }
}
