package io.broadcaster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.telemetry.TelemetryConfig.LogForm;
import io.broadcaster.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private final TestClock clock = TestClock.atFixtures();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void start_anyPort_servesMetersAndHealth() throws IOException, InterruptedException {
        try (Telemetry telemetry = start(Map.of())) {
            telemetry.registry().counter("broadcaster.test.pressed").increment(3);

            String metrics = get(telemetry.uri()).body();
            HttpResponse<String> health = get(telemetry.uri().resolve("/healthz"));

            assertThat(metrics)
                    .contains("broadcaster_test_pressed_total{role=\"fanout\"} 3.0", "jvm_memory_used_bytes");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains(telemetry.worker());
            assertThat(get(telemetry.uri().resolve("/metrics/else")).statusCode())
                    .isEqualTo(404);
            assertThat(telemetry.uri().getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void get_byAnotherMethod_is405() throws IOException, InterruptedException {
        try (Telemetry telemetry = start(Map.of())) {
            var post = HttpRequest.newBuilder(telemetry.uri())
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build();

            assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void worker_unnamed_isRoleHostPidAndRandom() {
        try (Telemetry first = start(Map.of());
                Telemetry second = start(Map.of())) {
            assertThat(first.worker())
                    .matches("fanout-[a-z0-9-]+-" + ProcessHandle.current().pid() + "-[0-9a-f]{8}")
                    .isNotEqualTo(second.worker());
        }
    }

    @Test
    void worker_named_isThat() {
        try (Telemetry telemetry = start(Map.of("telemetry.worker", "fanout-a"))) {
            assertThat(telemetry.worker()).isEqualTo("fanout-a");
        }
    }

    @Test
    void start_portTaken_isRefusedWithTheKeyToChange() {
        try (Telemetry first = start(Map.of())) {
            String port = Integer.toString(first.uri().getPort());

            assertThatThrownBy(() -> start(Map.of("telemetry.port", port)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("telemetry.port must be free")
                    .hasMessageContaining("'" + port + "'");
        }
    }

    @Test
    void config_nothingSet_hasEveryDefault() {
        assertThat(TelemetryConfig.from(Settings.of(Map.of())))
                .isEqualTo(new TelemetryConfig(
                        "127.0.0.1",
                        9_400,
                        Optional.empty(),
                        false,
                        "broadcaster",
                        Duration.ofSeconds(10),
                        LogForm.TEXT));
    }

    @Test
    void config_unknownLogForm_isRefusedByName() {
        assertThatThrownBy(() -> TelemetryConfig.from(Settings.of(Map.of("telemetry.log", "xml"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("telemetry.log must be one of [text, json], but was 'xml'");
    }

    private Telemetry start(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("telemetry.port", "0"));
        settings.putAll(more);
        return Telemetry.start(TelemetryConfig.from(Settings.of(settings)), WorkerRole.FANOUT, clock);
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
