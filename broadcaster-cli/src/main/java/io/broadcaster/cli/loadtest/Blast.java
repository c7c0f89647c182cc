package io.broadcaster.cli.loadtest;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.local.WorkFolder;
import io.broadcaster.loadtest.report.LoadReport;
import io.broadcaster.loadtest.report.LoadText;
import io.broadcaster.loadtest.report.Machine;
import io.broadcaster.loadtest.report.RunFigures;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Runs a plan: every run on a stack of its own, so that none inherits another's journals, rows and files; the JVM, and what
 * it has compiled, is the same throughout. Tells on {@code out} what happens. Used by one thread.
 */
final class Blast {
    private static final String CAMPAIGN = "kick-off";
    private static final String WARM_UP = "warm-up";

    private final BlastPlan plan;
    private final Machine machine;
    private final PrintWriter out;
    private final InstantSource clock = InstantSource.system();
    private final long startedAt = System.nanoTime();
    private final List<RunFigures> warmUps = new ArrayList<>();
    private final List<RunFigures> runs = new ArrayList<>();

    Blast(BlastPlan plan, Machine machine, PrintWriter out) {
        this.plan = plan;
        this.machine = machine;
        this.out = out;
    }

    LoadReport run() throws Exception {
        tell("%,d iOS and %,d Android devices, answers after %d ms, %d sender%s, %d run%s%s"
                .formatted(
                        plan.devices().ios(),
                        plan.devices().android(),
                        plan.rtt().toMillis(),
                        plan.size().senders(),
                        plan.size().senders() == 1 ? "" : "s",
                        plan.runs(),
                        plan.runs() == 1 ? "" : "s",
                        plan.processes() ? ", a process each" : ""));
        for (int run = 1; run <= plan.runs(); run++) {
            runOnce(run);
        }
        return LoadReport.of(machine, setup(), warmUps, runs);
    }

    private void runOnce(int run) throws Exception {
        try (WorkFolder work = WorkFolder.create();
                LocalStack stack = start(work)) {
            var launching = new Launching(plan, stack, clock);
            if (plan.warmUpDevices() > 0) {
                RunFigures figures = launching.launch(run, WARM_UP, plan.warmUpAudience(run));
                warmUps.add(figures);
                tell("warm-up " + run + ", not counted: " + LoadText.line(figures));
            }
            RunFigures figures = launching.launch(run, CAMPAIGN, plan.devices().audience());
            runs.add(figures);
            tell("run " + run + " of " + plan.runs() + ": " + LoadText.line(figures));
        }
    }

    private LocalStack start(WorkFolder work) {
        var stackPlan = new LocalStack.Plan(plan.size(), plan.settings(), plan.rtt());
        LocalStack stack = plan.processes()
                ? LocalStack.separateProcesses(work, stackPlan)
                : LocalStack.inProcess(work, LocalCloudConfig.ephemeral(), stackPlan);
        plan.androidRtt().ifPresent(rtt -> stack.simulators().answerTime(Platform.ANDROID, rtt));
        return stack;
    }

    private LoadReport.Setup setup() {
        var settings = new TreeMap<>(plan.settings().values());
        settings.keySet().removeAll(LocalStack.FREE_PORTS.keySet());
        return new LoadReport.Setup(
                plan.devices().ios(),
                plan.devices().android(),
                plan.rtt().toMillis(),
                Bandwidth.transport(plan.settings()).name().toLowerCase(Locale.ROOT),
                plan.kind().name().toLowerCase(Locale.ROOT),
                plan.size().fanouts(),
                plan.size().senders(),
                plan.processes(),
                plan.warmUpDevices(),
                plan.devices().seed(),
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    private void tell(String step) {
        Duration since = Duration.ofNanos(System.nanoTime() - startedAt);
        out.println(String.format(Locale.ROOT, "%7.1f s  %s", since.toMillis() / 1000.0, step));
        out.flush();
    }
}
