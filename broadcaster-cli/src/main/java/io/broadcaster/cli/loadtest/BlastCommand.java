package io.broadcaster.cli.loadtest;

import io.broadcaster.cli.terminal.CommandText;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.JsonOption;
import io.broadcaster.cli.terminal.Quantity;
import io.broadcaster.cli.terminal.Quiet;
import io.broadcaster.cli.terminal.Span;
import io.broadcaster.loadtest.report.LoadReport;
import io.broadcaster.loadtest.report.LoadText;
import io.broadcaster.loadtest.report.Machine;
import io.broadcaster.loadtest.report.ReportFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One press after the other, through everything, with every second and every core accounted for. */
@Command(
        name = "blast",
        mixinStandardHelpOptions = true,
        description = {
            "Launch to a made-up audience through both queue tiers, real TLS and HTTP/2, and the ledger; all on this machine.",
            "The snapshot is written straight to S3, the rest goes through the API. Every run has a stack of its own and",
            "begins with a warm-up launch that is reported and not counted. Ends with status 4 when anything is twice, lost,",
            "or told otherwise by ledger and journals."
        })
final class BlastCommand implements Callable<Integer> {
    @Option(
            names = "--ios",
            paramLabel = "N",
            defaultValue = "10k",
            converter = Quantity.Converter.class,
            description = "iOS devices, such as 20000, 100k or 2M (default: ${DEFAULT-VALUE}).")
    private Quantity ios = new Quantity(0);

    @Option(
            names = "--android",
            paramLabel = "N",
            defaultValue = "10k",
            converter = Quantity.Converter.class,
            description = "Android devices (default: ${DEFAULT-VALUE}).")
    private Quantity android = new Quantity(0);

    @Option(
            names = "--rtt",
            paramLabel = "TIME",
            defaultValue = "50ms",
            converter = Span.Converter.class,
            description = "How long the providers hold every answer back (default: ${DEFAULT-VALUE}).")
    private Span rtt = new Span(Duration.ZERO);

    @Option(
            names = "--senders",
            paramLabel = "N",
            defaultValue = "1",
            description = "Senders (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(
            names = "--runs",
            paramLabel = "K",
            defaultValue = "1",
            description = "Launches that count; the report has their median (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed makes the same devices (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page that needs nothing else.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--verbose", description = "Show the log as well.")
    private boolean verbose;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Quiet.unless(verbose);
        PrintWriter out = spec.commandLine().getOut();
        Machine machine = Machine.current(InstantSource.system().instant(), CommandText.of(spec));
        var devices = new BlastPlan.Devices(ios.value(), android.value(), seed);
        BlastPlan plan = stack.plan(new StackOptions.Shape(rtt.duration(), senders), devices, runs);
        LoadReport report = new Blast(plan, machine, out).run();
        LoadText.print(report, out);
        out.flush();
        json.write(report);
        if (html.isPresent()) {
            ReportFiles.html(report, html.get());
        }
        return report.once() ? ExitCode.OK : ExitCode.NOT_ONCE;
    }
}
