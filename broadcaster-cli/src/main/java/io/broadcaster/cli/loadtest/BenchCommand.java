package io.broadcaster.cli.loadtest;

import io.broadcaster.cli.terminal.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The micro-benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Run the JMH micro-benchmarks. Everything after -- goes to JMH, such as -- -prof gc -f 1 LookUp;",
            "-- -h lists its options, -- -l the benchmarks."
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JMH", description = "Options of JMH and names of benchmarks.")
    private List<String> jmh = List.of();

    @Override
    public Integer call() throws Exception {
        Main.main(jmh.toArray(String[]::new));
        return ExitCode.OK;
    }
}
