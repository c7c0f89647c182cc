package io.broadcaster.cli.faults;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.cli.terminal.CommandText;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.JsonOption;
import io.broadcaster.cli.terminal.Quantity;
import io.broadcaster.cli.terminal.Quiet;
import io.broadcaster.loadtest.report.Machine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The fault matrix on real processes. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = {
            "Kill, stop, drain and starve real processes of Broadcaster in the middle of launches, and judge every launch by",
            "the simulators' journals. Rows are those of docs/faults.md. Ends with status 4 when a row is red."
        })
public final class FaultsCommand implements Callable<Integer> {
    @Option(
            names = "--rows",
            paramLabel = "N,N",
            split = ",",
            description = "Rows of the matrix (default: all that this command has).")
    private List<Integer> rows = List.of();

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "Senders to kill in row 11 (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--first-seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "A round of kills is one seed; further slices of a long run go on at another (default: ${DEFAULT-VALUE}).")
    private long firstSeed;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "1k",
            converter = Quantity.Converter.class,
            description = "Devices of a campaign, half of them iOS (default: ${DEFAULT-VALUE}).")
    private Quantity devices = new Quantity(0);

    @Option(
            names = "--batches-in-flight",
            paramLabel = "N",
            description = "sender.batches-in-flight in row 11 (default: each sender draws 1, 2 or 4).")
    private Optional<Integer> batchesInFlight = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table to this file.")
    private Optional<Path> markdown = Optional.empty();

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Keep the logs of every process there; else they go at the end.")
    private Optional<Path> logs = Optional.empty();

    @Option(names = "--verbose", description = "Show the log of this process as well.")
    private boolean verbose;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Quiet.unless(verbose);
        PrintWriter out = spec.commandLine().getOut();
        var plan = new FaultPlan(
                kills,
                firstSeed,
                devices.value(),
                batchesInFlight.stream().mapToInt(Integer::intValue).findFirst());
        Machine machine = Machine.current(InstantSource.system().instant(), CommandText.of(spec));
        FaultReport report = new FaultReport(machine, new FaultRun(plan, logs, out).of(chosen()));
        report.print(out);
        out.flush();
        json.write(report);
        if (markdown.isPresent()) {
            report.markdown(markdown.get());
        }
        return report.green() ? ExitCode.OK : ExitCode.NOT_ONCE;
    }

    private List<Row> chosen() {
        var chosen = new ArrayList<Row>();
        for (int number : rows) {
            chosen.add(Rows.all().stream()
                    .filter(row -> row.number() == number)
                    .findFirst()
                    .orElseThrow(() -> new InvalidInput("--rows", "must be of " + numbers(), number)));
        }
        return rows.isEmpty() ? Rows.all() : chosen;
    }

    private static String numbers() {
        return Rows.all().stream().map(row -> Integer.toString(row.number())).collect(Collectors.joining(","));
    }
}
