package io.broadcaster.cli.process;

import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.cli.terminal.SettingsOptions;
import io.broadcaster.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that starts one long-running process, says that it is ready, and drains it on SIGTERM or SIGINT. */
public abstract class ProcessCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "Written once the process is ready, with its URIs as properties.")
    private Optional<Path> readyFile = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Starts the process; returns once it serves. */
    protected abstract Running start(Settings settings) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Settings loaded = settings.load();
        var stop = new StopSignal();
        try (Running running = start(loaded)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(spec.name() + " ready " + new TreeMap<>(running.facts()));
            out.flush();
            if (readyFile.isPresent()) {
                new ReadyFile(readyFile.get()).write(running.facts());
            }
            stop.await();
        }
        return ExitCode.OK;
    }
}
