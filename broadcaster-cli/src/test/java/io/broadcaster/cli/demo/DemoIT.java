package io.broadcaster.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.cli.Main;
import io.broadcaster.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path, once within this process, as everybody runs it, and once over eight processes that share one embedded
 * cloud; those rehearse for less time.
 */
@Timeout(300)
class DemoIT {
    private static final int IOS = 13_000;
    private static final int ANDROID = 7_000;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void demo_inOneProcess_reachesEveryDeviceOnce() throws IOException {
        JsonNode figures = demo();

        assertThat(figures.path("slices").asInt()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void demo_separateProcesses_reachesEveryDeviceOnce() throws IOException {
        demo("--processes", "--set=sender.rehearsal-batches=200", "--set=fanout.rehearsal-batches=200");
    }

    private JsonNode demo(String... more) throws IOException {
        Path json = folder.resolve("figures.json");
        var args = new ArrayList<>(List.of("demo", "--ios=" + IOS, "--android=" + ANDROID, "--json=" + json));
        args.addAll(List.of(more));

        int status = Main.commandLine().setOut(new PrintWriter(out, true)).execute(args.toArray(String[]::new));

        assertThat(status).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Ledger and simulators' journals agree to the unit.");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("devices").asLong()).isEqualTo(IOS + ANDROID);
        assertThat(figures.path("accepted").asLong()
                        + figures.path("rejected").asLong()
                        + figures.path("unregistered").asLong())
                .isEqualTo(IOS + ANDROID);
        assertThat(figures.path("duplicates").asLong()).isZero();
        assertThat(figures.path("lost").asLong()).isZero();
        assertThat(figures.path("launches").asInt()).isEqualTo(1);
        assertThat(figures.path("p50Millis").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(figures.path("p99Millis").asDouble());
        return figures;
    }
}
