package io.broadcaster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiConfigTest {
    @Test
    void from_withoutKeys_hasTheDocumentedDefaults() {
        ApiConfig config = ApiConfig.from(Settings.of(Map.of()));

        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.sendersReadyMin()).isEqualTo(1);
        assertThat(config.dispatchGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.heartbeatAgeMax()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.audienceMaxBytes()).isEqualTo(4_294_967_296L);
        assertThat(config.exportKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.7", "example.org"})
    void from_bindThatIsNotLoopback_isRefusedAndSaysWhy(String bind) {
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(Map.of("api.bind", bind))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.bind must be a loopback address")
                .hasMessageContaining("anybody who reaches the port could press")
                .hasMessageContaining(bind);
    }

    @Test
    void from_unknownKey_isRefused() {
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(Map.of("api.prot", "1"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.prot");
    }
}
