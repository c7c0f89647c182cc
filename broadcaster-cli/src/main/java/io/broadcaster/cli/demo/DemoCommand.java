package io.broadcaster.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.Quiet;
import io.broadcaster.cli.terminal.SettingsOptions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole campaign on this machine: from an empty cloud to every device accounted for, pressed 65 times. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Run a whole campaign on this machine: import, load, proof, approve, arm, press 64 times at once and once more.",
            "Ends with status 0 only if every device was reached exactly once and ledger and journals agree."
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--ios",
            paramLabel = "N",
            defaultValue = "12000",
            description = "iOS devices (default: ${DEFAULT-VALUE}).")
    private int ios;

    @Option(
            names = "--android",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Android devices (default: ${DEFAULT-VALUE}).")
    private int android;

    @Option(names = "--processes", description = "Run the cloud and every worker as a process of its own.")
    private boolean processes;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--verbose", description = "Show the log of the processes as well.")
    private boolean verbose;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Quiet.unless(verbose);
        DemoReport report = new Demo(new DemoSize(ios, android), processes, settings.load(), out).run();
        report.print(out);
        out.flush();
        if (json.isPresent()) {
            Files.write(
                    json.get(),
                    new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsBytes(report));
        }
        return report.once() ? ExitCode.OK : ExitCode.NOT_ONCE;
    }
}
