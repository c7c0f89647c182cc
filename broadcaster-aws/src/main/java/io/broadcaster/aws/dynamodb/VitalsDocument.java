package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.WorkerVitals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A worker's vitals within the document of its heartbeat. A share of the CPU is kept in thousandths. */
final class VitalsDocument {
    private static final double THOUSANDTHS = 1_000;

    private VitalsDocument() {}

    static void write(WorkerVitals vitals, ObjectNode into) {
        into.put("cpu", Math.round(vitals.cpuShare() * THOUSANDTHS))
                .put("heap", vitals.heapBytes())
                .put("heapMax", vitals.heapMaxBytes());
        vitals.clockOffset().ifPresent(offset -> into.put("clockOffset", offset.toMillis()));
        ArrayNode keys = into.putArray("keys");
        for (ProviderKey key : vitals.keys()) {
            ObjectNode each = keys.addObject()
                    .put("platform", key.platform().name())
                    .put("key", key.key())
                    .put("phase", key.phase().name())
                    .put("detail", key.detail());
            key.tokenIssuedAt().ifPresent(issued -> each.put("tokenIssuedAt", issued.toString()));
        }
    }

    static WorkerVitals read(DocumentReader node) {
        return new WorkerVitals(
                node.number("cpu") / THOUSANDTHS,
                node.number("heap"),
                node.number("heapMax"),
                node.has("clockOffset") ? Optional.of(Duration.ofMillis(node.number("clockOffset"))) : Optional.empty(),
                node.objects("keys").stream().map(VitalsDocument::key).toList());
    }

    private static ProviderKey key(DocumentReader node) {
        Optional<Instant> issued =
                node.has("tokenIssuedAt") ? Optional.of(node.instant("tokenIssuedAt")) : Optional.empty();
        return new ProviderKey(
                node.constant("platform", Platform.class),
                node.text("key"),
                node.constant("phase", ProviderKey.Phase.class),
                node.text("detail"),
                issued);
    }
}
