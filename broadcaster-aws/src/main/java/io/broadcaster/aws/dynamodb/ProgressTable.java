package io.broadcaster.aws.dynamodb;

import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.OutcomeCounts;
import io.broadcaster.delivery.ProgressStore;
import io.broadcaster.delivery.Stage;
import io.broadcaster.delivery.WorkerProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Live figures: key {@code launch} and {@code worker}; {@code counts} maps platform to outcome code to devices, {@code
 * histograms} maps stage to bytes. Codes and stages of a newer version are passed over. Rows expire after {@link #KEPT}.
 */
final class ProgressTable implements ProgressStore {
    static final String LAUNCH = "launch";
    static final String WORKER = "worker";

    /** The live view is of no use later; the ledger stays. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final Table table;

    ProgressTable(Table table) {
        this.table = table;
    }

    @Override
    public void write(WorkerProgress progress) {
        var item = new HashMap<String, AttributeValue>();
        item.put(LAUNCH, Attributes.text(progress.launch().value()));
        item.put(WORKER, Attributes.text(progress.worker()));
        var counts = new HashMap<String, AttributeValue>();
        progress.counts().forEach((platform, own) -> counts.put(platform.wireName(), counts(own)));
        item.put("counts", AttributeValue.fromM(counts));
        var histograms = new HashMap<String, AttributeValue>();
        progress.histograms().forEach((stage, bytes) -> histograms.put(stage.name(), Attributes.binary(bytes)));
        item.put("histograms", AttributeValue.fromM(histograms));
        item.put("updated", Attributes.number(progress.updatedAt().toEpochMilli()));
        item.put(Expiry.ATTRIBUTE, Expiry.at(progress.updatedAt().plus(KEPT)));
        table.put(item);
    }

    @Override
    public List<WorkerProgress> read(LaunchId launch) {
        var rows = new ArrayList<WorkerProgress>();
        table.query(LAUNCH, launch.value(), item -> rows.add(progress(launch, item)));
        return List.copyOf(rows);
    }

    private static AttributeValue counts(OutcomeCounts counts) {
        var byCode = new HashMap<String, AttributeValue>();
        for (OutcomeCode code : OutcomeCode.values()) {
            if (counts.of(code) > 0) {
                byCode.put(code.name(), Attributes.number(counts.of(code)));
            }
        }
        return AttributeValue.fromM(byCode);
    }

    private static WorkerProgress progress(LaunchId launch, Map<String, AttributeValue> item) {
        var counts = new EnumMap<Platform, OutcomeCounts>(Platform.class);
        Attributes.require(item, "counts")
                .m()
                .forEach((platform, own) -> counts.put(Platform.ofWireName(platform), counts(own.m())));
        Map<String, AttributeValue> stored =
                Attributes.require(item, "histograms").m();
        var histograms = new EnumMap<Stage, byte[]>(Stage.class);
        for (Stage stage : Stage.values()) {
            if (stored.containsKey(stage.name())) {
                histograms.put(stage, Attributes.binary(stored, stage.name()));
            }
        }
        return new WorkerProgress(
                launch,
                Attributes.text(item, WORKER),
                counts,
                histograms,
                Instant.ofEpochMilli(Attributes.number(item, "updated")));
    }

    private static OutcomeCounts counts(Map<String, AttributeValue> byCode) {
        var counts = new OutcomeCounts();
        for (OutcomeCode code : OutcomeCode.values()) {
            if (byCode.containsKey(code.name())) {
                counts.add(code, Attributes.number(byCode, code.name()));
            }
        }
        return counts;
    }
}
