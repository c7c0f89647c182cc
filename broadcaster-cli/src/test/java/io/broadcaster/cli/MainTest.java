package io.broadcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_everyCommand_hasHelpAndADescription() {
        var left = new ArrayDeque<CommandLine>();
        left.add(Main.commandLine());
        while (!left.isEmpty()) {
            CommandLine command = left.remove();
            left.addAll(command.getSubcommands().values());
            String name = command.getCommandSpec().qualifiedName();

            assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--help");
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
        }
    }

    @Test
    void execute_unknownSettingsKey_isUsageAndNamesTheKey() {
        int status = execute("provision", "--set", "cloud.regoin=eu-west-1");

        assertThat(status).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("cloud.regoin");
    }

    @Test
    void execute_unknownSection_isUsageAndNamesTheSections() {
        int status = execute("api", "--set", "apis.port=1");

        assertThat(status).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("apis.port").contains("api").contains("sender");
    }

    @Test
    void execute_apiThatDoesNotAnswer_failsAndNamesItsAddress() {
        int status = execute("campaign", "status", "kick-off", "--api", "http://127.0.0.1:1", "--user", "ada");

        assertThat(status).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("http://127.0.0.1:1");
    }

    @Test
    void execute_demoOfNothing_isUsage() {
        int status = execute("demo", "--ios", "0", "--android", "0");

        assertThat(status).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("at least one device");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "loadtest simulate --seeds 0|seeds must be at least 1, but was 0",
                "loadtest simulate --threads 0|threads must be from 1 to 1024, but was 0",
                "loadtest simulate --faults fire|--faults must be of none, queues, stores",
                "loadtest simulate --policy twice|--policy must be of at-least-once, at-most-once, but was 'twice'",
                "campaign go Big_Game|campaign id must be 1 to 63 of a-z 0-9 - and not start with a dash",
                "campaign arm x --not-before soon --not-after late|'--not-before': must be an instant from 1970 to 9999",
                "campaign arm x --not-before 1969-12-31T23:59:59Z --not-after late|'--not-before': must be an instant",
                "queues redrive slices --as M@ry;|--as must be 1 to 64 of letters, digits",
            })
    void execute_anOptionThatBreaksItsRule_isUsageAndSaysWhich(String command, String sentence) {
        assertThat(execute(command.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void execute_aFileThatIsNotThere_saysSo() {
        assertThat(execute("devices", "import", "/nowhere/devices.csv")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("there is no file /nowhere/devices.csv");
    }

    private int execute(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
