package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.LoadProgressStore;
import io.broadcaster.campaign.CampaignId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Progress of loads: key {@code load} = campaign#revision, attribute {@code document}. Expires after {@link #KEPT}. */
final class LoadProgressTable implements LoadProgressStore {
    static final String LOAD = "load";

    /** The snapshot's manifest keeps the counts for good. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Table table;

    LoadProgressTable(Table table) {
        this.table = table;
    }

    @Override
    public void put(LoadProgress progress) {
        table.put(Map.of(
                LOAD,
                key(progress.campaign(), progress.revision()),
                "document",
                Attributes.text(document(progress).toString()),
                Expiry.ATTRIBUTE,
                Expiry.at(progress.updatedAt().plus(KEPT))));
    }

    @Override
    public Optional<LoadProgress> find(CampaignId campaign, int revision) {
        return table.find(Map.of(LOAD, key(campaign, revision)))
                .map(item -> read(campaign, revision, Attributes.text(item, "document")));
    }

    private static AttributeValue key(CampaignId campaign, int revision) {
        return Attributes.text(campaign + "#" + revision);
    }

    private static ObjectNode document(LoadProgress progress) {
        ObjectNode document = Documents.document()
                .put("phase", progress.phase().name())
                .put("bytesRead", progress.bytesRead())
                .put("bytesTotal", progress.bytesTotal())
                .put("updatedAt", progress.updatedAt().toString());
        document.set("counts", LoadCountsDocument.write(progress.counts()));
        ArrayNode sample = document.putArray("sample");
        progress.sample()
                .forEach(row -> sample.addObject()
                        .put("row", row.row())
                        .put("rule", row.rule())
                        .put("text", row.text()));
        return document;
    }

    private static LoadProgress read(CampaignId campaign, int revision, String text) {
        DocumentReader document = Documents.read("progress of load " + campaign + "#" + revision, text);
        return new LoadProgress(
                campaign,
                revision,
                document.constant("phase", LoadProgress.Phase.class),
                document.number("bytesRead"),
                document.number("bytesTotal"),
                LoadCountsDocument.read(document.object("counts")),
                document.objects("sample").stream()
                        .map(row -> new LoadProgress.RejectedRow(row.number("row"), row.text("rule"), row.text("text")))
                        .toList(),
                document.instant("updatedAt"));
    }
}
