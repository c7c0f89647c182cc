package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.config.WireName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures per policy and fault mix for fixed seeds, as the page in {@code docs/reports}: the same code, the same text. */
public final class SimulationReport {
    static final int SEEDS = 40;
    private static final int DEVICES = 1_000;

    private SimulationReport() {}

    private record Row(String name, List<Mix> mixes) {}

    /** The whole page. */
    public static String markdown() {
        var text = new StringBuilder();
        text.append("# Simulated campaigns\n\n")
                .append(
                        "Written by `broadcaster loadtest simulate --report docs/reports/simulation.md` and held against the ")
                .append("code by a test: a change of behaviour is a diff of this page. ")
                .append(String.format(
                        Locale.ROOT, "%d campaigns of %,d devices per line, seeds 1 to %d; ", SEEDS, DEVICES, SEEDS))
                .append("times are virtual, from the press to the last outcome in the ledger.\n\n")
                .append(
                        "| policy | faults | violations | devices twice | copies too many | ambiguous answers | unknown | ")
                .append("requests per device | settled, median | settled, 95 % |\n")
                .append("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (DeliveryPolicy policy : DeliveryPolicy.values()) {
            for (Row row : rows()) {
                text.append(line(policy, row));
            }
        }
        return text.toString();
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (Mix mix : Mix.values()) {
            rows.add(new Row(mix.wireName(), List.of(mix)));
        }
        rows.add(new Row("all that do not end the launch", Mix.every()));
        return rows;
    }

    private static String line(DeliveryPolicy policy, Row row) {
        var plan = new Campaigns.Plan(new Campaigns.Seeds(1, SEEDS), row.mixes(), Optional.of(policy), DEVICES, 1);
        Totals totals = Campaigns.run(plan, failure -> {});
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %.3f | %.3f s | %.3f s |%n",
                WireName.of(policy),
                row.name(),
                totals.violated(),
                totals.duplicated(),
                totals.extra(),
                totals.ambiguous(),
                totals.unknown(),
                (double) totals.requests() / totals.devices(),
                totals.settled(0.5).toMillis() / 1e3,
                totals.settled(0.95).toMillis() / 1e3);
    }
}
