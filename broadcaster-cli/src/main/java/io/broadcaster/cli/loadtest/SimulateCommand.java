package io.broadcaster.cli.loadtest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.config.WireName;
import io.broadcaster.loadtest.simulate.Campaigns;
import io.broadcaster.loadtest.simulate.Mix;
import io.broadcaster.loadtest.simulate.SimulationReport;
import io.broadcaster.loadtest.simulate.Totals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whole campaigns in virtual time, each from one seed, and judged each. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Run campaigns through the real API, fan-out and senders in virtual time, among faults that a seed decides, and",
            "judge each from the providers' journals. A seed that breaks an invariant is run again, prints what led to it and",
            "ends the command with status 4. It runs in a JVM of its own, with the flags that a simulation needs."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int FAILURES_SHOWN_MAX = 3;
    private static final int TRACE_LINES_MAX = 200;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Campaigns, one seed each (default: ${DEFAULT-VALUE}).")
    private long seeds;

    @Option(
            names = "--first-seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The first of them (default: ${DEFAULT-VALUE}).")
    private long firstSeed;

    @Option(
            names = "--faults",
            paramLabel = "MIX",
            arity = "1..*",
            split = ",",
            description =
                    "Of none, queues, stores, providers, kills, freezes, drains, clocks, abort, or all; without this option"
                            + " every seed draws some of them.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "at-least-once or at-most-once (default: the seeds take turns).")
    private Optional<String> policy = Optional.empty();

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Devices of each campaign, at least 1000 (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Worlds at a time (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report of the fixed seeds instead.")
    private Optional<Path> report = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Campaigns.Plan plan = plan();
        if (!SimulationJvm.isThis()) {
            return SimulationJvm.run(
                    spec.root().userObject().getClass().getName(),
                    spec.commandLine().getParseResult().originalArgs());
        }
        silence();
        if (report.isPresent()) {
            return writeReport(report.get());
        }
        return simulate(plan);
    }

    /** A log of planned faults is no news, and its lock would tie the worlds to each other. */
    private static void silence() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
    }

    private Integer writeReport(Path file) throws IOException {
        Files.writeString(file, SimulationReport.markdown());
        spec.commandLine().getOut().println("Written to " + file + ".");
        return ExitCode.OK;
    }

    private Campaigns.Plan plan() {
        try {
            return new Campaigns.Plan(
                    new Campaigns.Seeds(firstSeed, seeds),
                    mixes(),
                    policy.map(name -> named("--policy", DeliveryPolicy.values(), name)),
                    devices,
                    threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<Mix> mixes() {
        var mixes = new ArrayList<Mix>();
        for (String name : faults) {
            if (name.equals("all")) {
                mixes.addAll(Mix.every());
            } else {
                mixes.add(named("--faults", Mix.values(), name));
            }
        }
        return mixes;
    }

    private static <E extends Enum<E>> E named(String option, E[] all, String name) {
        return Arrays.stream(all)
                .filter(each -> WireName.of(each).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        option,
                        "must be of " + Arrays.stream(all).map(WireName::of).collect(Collectors.joining(", ")),
                        name));
    }

    private Integer simulate(Campaigns.Plan plan) {
        PrintWriter out = spec.commandLine().getOut();
        InstantSource clock = InstantSource.system();
        Instant began = clock.instant();
        int[] shown = {0};
        Totals totals = Campaigns.run(plan, failure -> {
            if (shown[0]++ < FAILURES_SHOWN_MAX) {
                show(failure, out);
            }
        });
        print(totals, Duration.between(began, clock.instant()), out);
        return totals.violated() == 0 ? ExitCode.OK : ExitCode.NOT_ONCE;
    }

    private static void show(Campaigns.Failure failure, PrintWriter out) {
        out.println("seed " + failure.judgement().seed() + ", faults " + failure.mixes() + ":");
        failure.judgement().violations().forEach(violation -> out.println("  " + violation));
        List<String> lines = failure.trace();
        lines.subList(Math.max(0, lines.size() - TRACE_LINES_MAX), lines.size()).forEach(out::println);
        out.flush();
    }

    private static void print(Totals totals, Duration took, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d campaigns, %,d devices, %,d requests in %.1f s: %,d campaigns with a violation%n",
                totals.campaigns(),
                totals.devices(),
                totals.requests(),
                took.toMillis() / 1e3,
                totals.violated());
        out.printf(
                Locale.ROOT,
                "devices twice %,d, copies too many %,d (one collapse id each), ambiguous answers %,d, unknown %,d%n",
                totals.duplicated(),
                totals.extra(),
                totals.ambiguous(),
                totals.unknown());
        out.printf(
                Locale.ROOT,
                "settled in virtual time: half within %.3f s, 95 %% within %.3f s; traces %016x%n",
                totals.settled(0.5).toMillis() / 1e3,
                totals.settled(0.95).toMillis() / 1e3,
                totals.hash());
        out.flush();
    }
}
