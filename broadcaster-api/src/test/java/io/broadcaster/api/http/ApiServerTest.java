package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.config.ConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiServerTest {
    @Test
    void start_portTaken_namesTheSettingAndThePort() throws IOException {
        var registry = new SimpleMeterRegistry();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var listening = new ApiServer.Listening("127.0.0.1", taken.getLocalPort(), 8, 8, Duration.ofSeconds(1));
            assertThatThrownBy(() -> ApiServer.start(
                            listening, List.of(new OpenApiRoutes()), Runnable::run, registry, new ApiMeters(registry)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("api.port must be free")
                    .hasMessageContaining("'" + taken.getLocalPort() + "'");
        }
    }
}
