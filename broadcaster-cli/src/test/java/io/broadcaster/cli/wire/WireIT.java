package io.broadcaster.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.cli.Main;
import io.broadcaster.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes start, pin, count and stop; what they count is for longer runs. */
@Timeout(300)
class WireIT {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void wire_iosByPushyAndOurAdapter_comparesThem() throws Exception {
        JsonNode clients = wire("ios", "library,pushy");

        assertThat(clients).hasSize(2);
        assertThat(out.toString()).contains("library is ");
    }

    @Test
    void wire_androidByTheAdminSdk_counts() throws Exception {
        assertThat(wire("android", "admin")).hasSize(1);
    }

    private JsonNode wire(String platform, String clients) throws Exception {
        Path json = folder.resolve("wire.json");
        int status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "loadtest",
                        "wire",
                        "--platform=" + platform,
                        "--client=" + clients,
                        "--rounds=1",
                        "--warmup=1s",
                        "--time=4s",
                        "--json=" + json);
        assertThat(status).as(out.toString()).isEqualTo(ExitCode.OK);
        JsonNode figures = new ObjectMapper().readTree(json.toFile()).path("clients");
        for (JsonNode client : figures) {
            assertThat(client.path("perCpuSecond").asDouble()).isPositive();
        }
        return figures;
    }
}
