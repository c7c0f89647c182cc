package io.broadcaster.loadtest.report;

import java.util.List;

/** A load test: what was asked for, its warm-up launches, its runs, and the median of the runs figure by figure. */
public record LoadReport(
        Machine machine, Setup setup, List<RunFigures> warmUps, List<RunFigures> runs, RunFigures median) {
    public LoadReport {
        warmUps = List.copyOf(warmUps);
        runs = List.copyOf(runs);
    }

    /** What was asked for. {@code settings} are those that differ from the defaults of a fleet on this machine. */
    public record Setup(
            long ios,
            long android,
            long rttMillis,
            String transport,
            String kind,
            int fanouts,
            int senders,
            boolean processes,
            long warmUpDevices,
            long seed,
            List<String> settings) {
        public Setup {
            settings = List.copyOf(settings);
        }

        /** Of both platforms. */
        public long devices() {
            return ios + android;
        }
    }

    /** The report of these launches; at least one run. */
    public static LoadReport of(Machine machine, Setup setup, List<RunFigures> warmUps, List<RunFigures> runs) {
        return new LoadReport(machine, setup, warmUps, runs, Median.of(runs, RunFigures.class));
    }

    /** Whether no launch, warm-ups included, had a device twice or lost, and every ledger agreed with the journals. */
    public boolean once() {
        return runs.stream().allMatch(run -> run.judged().agrees())
                && warmUps.stream().allMatch(run -> run.judged().agrees());
    }
}
