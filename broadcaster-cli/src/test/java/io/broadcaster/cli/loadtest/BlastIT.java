package io.broadcaster.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.cli.Main;
import io.broadcaster.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The load test itself, at a size that takes seconds; its fleets rehearse as little. */
@Timeout(300)
class BlastIT {
    private static final int IOS = 1_200;
    private static final int ANDROID = 600;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void blast_twoRuns_judgesBothAndWritesOneReport() throws Exception {
        Path json = folder.resolve("blast.json");
        Path html = folder.resolve("blast.html");

        int status = execute(
                "loadtest",
                "blast",
                "--ios=" + IOS,
                "--android=" + ANDROID,
                "--rtt=20ms",
                "--runs=2",
                "--warmup=300",
                "--kind=silent",
                "--senders=1",
                "--transport=library",
                "--json=" + json,
                "--html=" + html);

        assertThat(status).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("Ledger and simulators' journals agree to the unit in every launch.")
                .contains("simulators");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("runs")).hasSize(2);
        assertThat(report.path("warmUps")).hasSize(2);
        for (JsonNode run : report.path("runs")) {
            requireWhole(run);
        }
        assertThat(report.path("setup").path("transport").asText()).isEqualTo("library");
        assertThat(report.path("machine").path("command").asText()).startsWith("./broadcaster loadtest blast --ios");
        assertThat(Files.readString(html)).contains("\"answersPerSecond\"").doesNotContain("/*DATA*/");
    }

    private static void requireWhole(JsonNode run) {
        assertThat(run.path("devices").asLong()).isEqualTo(IOS + ANDROID);
        JsonNode outcomes = run.path("outcomes");
        long accepted = outcomes.path("accepted").asLong();
        assertThat(accepted
                        + outcomes.path("rejected").asLong()
                        + outcomes.path("unregistered").asLong())
                .isEqualTo(IOS + ANDROID);
        assertThat(run.path("ledger").path("rows").asLong())
                .isEqualTo(outcomes.path("batches").asLong());
        long delivered = 0;
        for (String platform : new String[] {"ios", "android"}) {
            for (JsonNode bucket : run.path("throughput").path(platform)) {
                delivered += bucket.asLong();
            }
        }
        assertThat(delivered).isEqualTo(accepted);
        JsonNode press = run.path("press");
        assertThat(press.path("firstRequestMillis").asDouble())
                .isPositive()
                .isLessThan(press.path("lastMillis").asDouble());
        assertThat(run.path("usage").path("cpuMillis").asDouble()).isPositive();
        assertThat(run.path("snapshot").path("offHeapBytes").asLong()).isPositive();
    }

    @Test
    void scale_twoSizes_printsARowOfEach() {
        int status = execute(
                "loadtest",
                "scale",
                "--sizes=500,1k",
                "--senders=1",
                "--rtts=0ms",
                "--runs=1",
                "--warmup=0",
                "--transport=library");

        assertThat(status).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("| 500 | 1 | 0 |").contains("| 1,000 | 1 | 0 |");
    }

    private int execute(String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--set=sender.rehearsal-batches=200", "--set=fanout.rehearsal-batches=200"));
        return Main.commandLine().setOut(new PrintWriter(out, true)).execute(all.toArray(String[]::new));
    }
}
