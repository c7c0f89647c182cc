package io.broadcaster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CloudConfigTest {
    @Test
    void from_nothing_isAwsWithTheDocumentedDefaults() {
        assertThat(CloudConfig.from(Settings.of(Map.of())))
                .isEqualTo(new CloudConfig(
                        "us-east-1",
                        "broadcaster",
                        "broadcaster-snapshots",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new CloudConfig.Credentials.Found(),
                        Duration.ofSeconds(30),
                        5,
                        256,
                        100));
    }

    @Test
    void from_prefixAndEndpoint_namesBucketAfterThePrefix() {
        CloudConfig config = CloudConfig.from(
                Settings.of(Map.of("cloud.prefix", "stage", "cloud.sqs-endpoint", "http://127.0.0.1:9324")));

        assertThat(config.bucket()).isEqualTo("stage-snapshots");
        assertThat(config.sqsEndpoint()).contains(URI.create("http://127.0.0.1:9324"));
    }

    @Test
    void from_keyPair_isGivenAndNeverPrintsTheSecret() {
        CloudConfig config =
                CloudConfig.from(Settings.of(Map.of("cloud.access-key", "AKIA1", "cloud.secret-key", "hush-hush")));

        assertThat(config.credentials()).isInstanceOf(CloudConfig.Credentials.Given.class);
        assertThat(config.toString()).doesNotContain("hush-hush");
    }

    @Test
    void from_severalMistakes_namesAllOfThem() {
        assertThatThrownBy(() -> CloudConfig.from(Settings.of(Map.of(
                        "cloud.prefix", "Bad_Prefix",
                        "cloud.max-receive-count", "1",
                        "cloud.access-key", "AKIA1",
                        "cloud.regoin", "eu-west-1"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cloud.prefix must be")
                .hasMessageContaining("cloud.max-receive-count must be a whole number from 2")
                .hasMessageContaining("together with secret-key")
                .hasMessageContaining("unknown key 'cloud.regoin'");
    }
}
