package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.api.identity.Doors;
import io.broadcaster.api.identity.IdentityConfig;
import io.broadcaster.api.meters.ApiMeters;
import io.broadcaster.config.AppName;
import io.broadcaster.config.ConfigException;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import io.broadcaster.testkit.FakeCampaignStore;
import io.broadcaster.testkit.FakeSessionEndStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ApiServerTest {
    private static ApiServer.Serving serving() {
        var config = IdentityConfig.from(
                Settings.of(Map.of("api.issuer", "https://issuer.example")).section(SectionName.API),
                new AppName("news"),
                new IdentityConfig.Listening("127.0.0.1", false));
        var shared = new Doors.Shared(() -> false, new FakeSessionEndStore());
        var doors = new Doors(config, true, shared, InstantSource.system(), new SplittableRandom(1));
        var limits = new RateLimits(
                new RateLimits.Bounds(1, 1, 1), InstantSource.system(), new ApiMeters(new SimpleMeterRegistry()));
        return new ApiServer.Serving(new Callers(doors), new Gate(new FakeCampaignStore()), limits, Runnable::run);
    }

    @Test
    void start_portTaken_namesTheSettingAndThePort() throws IOException {
        var registry = new SimpleMeterRegistry();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var listening = new ApiServer.Listening(
                    "127.0.0.1",
                    taken.getLocalPort(),
                    Optional.empty(),
                    new ApiServer.Bounds(8, new Room.Bounds(8, 8), Duration.ofSeconds(1)));
            assertThatThrownBy(() -> ApiServer.start(
                            listening, List.of(new OpenApiRoutes()), serving(), registry, new ApiMeters(registry)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("api.port must be free")
                    .hasMessageContaining("'" + taken.getLocalPort() + "'");
        }
    }

    @Test
    void start_bindThatNobodyKnows_namesTheSettingAndTheName() {
        assertThatThrownBy(() -> start(new SimpleMeterRegistry(), "nowhere.invalid", 0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.bind must be an address of this host, but was 'nowhere.invalid'");
    }

    private static ApiServer start(SimpleMeterRegistry registry, String bind, int port) {
        var listening = new ApiServer.Listening(
                bind, port, Optional.empty(), new ApiServer.Bounds(8, new Room.Bounds(8, 8), Duration.ofSeconds(1)));
        return ApiServer.start(listening, List.of(new OpenApiRoutes()), serving(), registry, new ApiMeters(registry));
    }
}
