package io.broadcaster.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SenderConfigTest {
    private static final Map<String, String> REQUIRED = Map.of(
            "apns.topic", "com.example.game",
            "apns.team-id", "TEAM123456",
            "apns.key-id", "KEY1234567",
            "apns.signing-key-file", "key.p8",
            "fcm.project", "demo",
            "fcm.service-account-file", "account.json");

    @Test
    void from_requiredOnly_hasTheDefaults() {
        SenderConfig config = SenderConfig.from(Settings.of(REQUIRED));

        assertThat(config.transport()).isEqualTo(SenderConfig.Transport.BURST);
        assertThat(config.consumer().inFlightMax()).isEqualTo(512);
        assertThat(config.consumer().drainTime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.snapshotMemory()).isEqualTo(1L << 30);
        assertThat(config.retry().requestsMax()).isEqualTo(6);
        assertThat(config.apns().endpoint()).hasToString("https://api.push.apple.com:443");
        assertThat(config.apns().outstandingMax()).isEqualTo(16_000);
        assertThat(config.fcm().endpoint()).hasToString("https://fcm.googleapis.com");
        assertThat(config.fcm().requestTimeout()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void from_missingCredentials_namesEachKey() {
        assertThatThrownBy(() -> SenderConfig.from(Settings.of(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("apns.topic")
                .hasMessageContaining("apns.signing-key-file");
    }

    @Test
    void from_unknownKeyOrBadValue_stopsTheStart() {
        assertThatThrownBy(() -> SenderConfig.from(with("sender.poller", "3")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key 'sender.poller'");
        assertThatThrownBy(() -> SenderConfig.from(with("sender.transport", "carrier-pigeon")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("[burst, library]");
        assertThatThrownBy(() -> SenderConfig.from(with("sender.visibility", "5s")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("longer than sender.long-poll");
    }

    private static Settings with(String key, String value) {
        var all = new HashMap<>(REQUIRED);
        all.put(key, value);
        return Settings.of(all);
    }
}
