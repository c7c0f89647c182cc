package io.broadcaster.cli.loadtest;

import io.broadcaster.cli.terminal.CommandText;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.JsonOption;
import io.broadcaster.cli.terminal.Quantity;
import io.broadcaster.cli.terminal.Quiet;
import io.broadcaster.cli.terminal.Span;
import io.broadcaster.loadtest.report.LoadReport;
import io.broadcaster.loadtest.report.Machine;
import io.broadcaster.loadtest.report.ScaleReport;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The same launch at many sizes. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = {
            "Run blast for every combination of sizes, senders and answer times, half of the devices iOS, and print a",
            "Markdown table of the medians. A size that this JVM's heap cannot hold is left out and said to be.",
            "Ends with status 4 when any launch had a device twice or lost."
        })
final class ScaleCommand implements Callable<Integer> {
    /** Journals, their judges and the ledger's copy: what one device costs the heap of a load test. */
    private static final long HEAP_BYTES_PER_DEVICE = 300;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            defaultValue = "10k,100k,1M,4M",
            converter = Quantity.Converter.class,
            description = "Devices (default: ${DEFAULT-VALUE}).")
    private List<Quantity> sizes = List.of();

    @Option(
            names = "--senders",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2",
            description = "Senders (default: ${DEFAULT-VALUE}).")
    private List<Integer> senders = List.of();

    @Option(
            names = "--rtts",
            split = ",",
            paramLabel = "TIME",
            defaultValue = "50ms",
            converter = Span.Converter.class,
            description = "How long the providers hold answers back (default: ${DEFAULT-VALUE}).")
    private List<Span> rtts = List.of();

    @Option(
            names = "--runs",
            paramLabel = "K",
            defaultValue = "3",
            description = "Launches of each combination that count (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Quiet.unless(false);
        PrintWriter out = spec.commandLine().getOut();
        Machine machine = Machine.current(InstantSource.system().instant(), CommandText.of(spec));
        var reports = new ArrayList<LoadReport>();
        for (Span rtt : rtts) {
            for (int each : senders) {
                for (Quantity size : sizes) {
                    if (fits(size, out)) {
                        long ios = size.value() / 2;
                        var fleet = new StackOptions.Shape(rtt.duration(), each);
                        var plan = stack.plan(fleet, new BlastPlan.Devices(ios, size.value() - ios, 1), runs);
                        reports.add(new Blast(plan, machine, out).run());
                    }
                }
            }
        }
        var scale = ScaleReport.of(machine, reports);
        out.println();
        scale.print(out);
        out.flush();
        json.write(scale);
        return reports.stream().allMatch(LoadReport::once) ? ExitCode.OK : ExitCode.NOT_ONCE;
    }

    private static boolean fits(Quantity size, PrintWriter out) {
        long needed = size.value() * HEAP_BYTES_PER_DEVICE;
        long most = Runtime.getRuntime().maxMemory();
        if (needed <= most) {
            return true;
        }
        out.println(size + " devices are left out: they need about " + (needed >> 20)
                + " MiB of heap, and this JVM has " + (most >> 20) + " (BROADCASTER_JAVA_OPTS=-Xmx…)");
        out.flush();
        return false;
    }
}
