package io.broadcaster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK's own client against a server that says what Secrets Manager says. */
final class CloudSecretsTest {
    private HttpServer server;
    private AwsCloud cloud;
    private int status = 200;
    private String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        cloud = AwsCloud.connect(CloudConfig.from(Settings.of(Map.of(
                "cloud.secrets-endpoint", endpoint,
                "cloud.access-key", "AKIA1",
                "cloud.secret-key", "hush"))));
    }

    @AfterEach
    void stop() {
        cloud.close();
        server.stop(0);
    }

    @Test
    void read_managed_isTheCurrentVersionAtEachLook() throws SecretException {
        body = "{\"Name\":\"apns\",\"SecretString\":\"first\"}";
        assertThat(cloud.secrets().read(new SecretPlace.Managed("apns")).reveal())
                .isEqualTo("first");

        body = "{\"Name\":\"apns\",\"SecretBinary\":\"c2Vjb25k\"}";
        assertThat(cloud.secrets().read(new SecretPlace.Managed("apns")).reveal())
                .isEqualTo("second");
    }

    @Test
    void read_refused_saysSoWithoutTheAnswer() {
        status = 400;
        body = "{\"__type\":\"AccessDeniedException\",\"Message\":\"hush-hush\"}";

        assertThatThrownBy(() -> cloud.secrets().read(new SecretPlace.Managed("apns")))
                .isInstanceOf(SecretException.class)
                .hasMessage("secret apns cannot be read: Secrets Manager answers 400");
    }

    @Test
    void read_file_isReadWhereItLies(@TempDir Path directory) throws IOException, SecretException {
        Path file = Files.writeString(directory.resolve("key"), "value");

        assertThat(cloud.secrets().read(new SecretPlace.InFile(file)).reveal()).isEqualTo("value");
    }

    @Test
    void cloudClock_datedAnswer_tellsTheOffsetToHalfASecond() {
        var clock = new CloudClock(InstantSource.system());
        assertThat(clock.offset()).isEmpty();

        clock.read("Wed, 25 Nov 2026 12:00:00 GMT", Instant.parse("2026-11-25T12:05:00.500Z"));
        clock.read("nonsense", Instant.EPOCH);

        assertThat(clock.offset()).contains(Duration.ofMinutes(5));
    }
}
