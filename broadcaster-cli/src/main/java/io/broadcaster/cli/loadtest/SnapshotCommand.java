package io.broadcaster.cli.loadtest;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.cli.terminal.CommandText;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.JsonOption;
import io.broadcaster.cli.terminal.Quantity;
import io.broadcaster.cli.terminal.Quiet;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.report.Machine;
import io.broadcaster.loadtest.snapshot.SnapshotBakeOff;
import io.broadcaster.loadtest.snapshot.SnapshotBakeOff.Figures;
import io.broadcaster.loadtest.snapshot.SnapshotBakeOff.Form;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the snapshot costs in memory and time, beside other forms of the same devices. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = {
            "Write a snapshot to a local folder, load it as a sender does, look devices up; beside other forms of the same.",
            "Prints a Markdown table. Every form is checked against a SHA-256 while it is read."
        })
final class SnapshotCommand implements Callable<Integer> {
    private static final double BYTES_PER_MB = 1e6;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "4M",
            converter = Quantity.Converter.class,
            description = "Devices, half of them iOS (default: ${DEFAULT-VALUE}).")
    private Quantity devices = new Quantity(0);

    @Option(
            names = "--form",
            split = ",",
            paramLabel = "FORM",
            defaultValue = "arrow,csv_gzip,jsonl_zstd",
            description = "Forms to compare, of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Form> forms = List.of();

    @Option(
            names = "--loads",
            paramLabel = "N",
            defaultValue = "4",
            description = "Loads of each form; the first is cold (default: ${DEFAULT-VALUE}).")
    private int loads;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What {@code --json} writes. */
    public record Report(Machine machine, long devices, List<Figures> forms) {
        public Report {
            forms = List.copyOf(forms);
        }
    }

    @Override
    public Integer call() throws Exception {
        Quiet.unless(false);
        if (devices.value() < 2) {
            throw new InvalidInput("--devices", "must be at least 2", devices);
        }
        if (loads < 1) {
            throw new InvalidInput("--loads", "must be at least 1", loads);
        }
        PrintWriter out = spec.commandLine().getOut();
        long ios = devices.value() / 2;
        var audience = new SyntheticAudience(ios, devices.value() - ios, 1);
        out.println("| form | files MB | write s | load cold / warm s | CPU of a warm load s | heap peak / stays MB |"
                + " off-heap MB | look-up ns / bytes |");
        out.println("|---|---|---|---|---|---|---|---|");
        var machine = Machine.current(InstantSource.system().instant(), CommandText.of(spec));
        var figures = new SnapshotBakeOff(audience, loads).run(forms, form -> {
            out.println(line(form));
            out.flush();
        });
        out.println(machine.line());
        out.flush();
        json.write(new Report(machine, devices.value(), figures));
        return ExitCode.OK;
    }

    private static String line(Figures form) {
        var last = form.loads().getLast();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f | %.2f / %.2f | %.2f | %.0f / %.1f | %.0f | %.0f / %.2f |",
                form.form().name().toLowerCase(Locale.ROOT),
                form.fileBytes() / BYTES_PER_MB,
                form.writeMillis() / 1_000,
                form.loads().getFirst().millis() / 1_000,
                form.warmMillis() / 1_000,
                form.warmCpuMillis() / 1_000,
                last.heapPeakBytes() / BYTES_PER_MB,
                last.heapGrowthBytes() / BYTES_PER_MB,
                form.offHeapBytes() / BYTES_PER_MB,
                form.lookUpNanos(),
                form.lookUpBytes());
    }
}
