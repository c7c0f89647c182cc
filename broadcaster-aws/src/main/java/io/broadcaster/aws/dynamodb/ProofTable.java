package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProofStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Proofs: key {@code campaign} and {@code proof}, attribute {@code document}. Kept for ever: arming rests on them. */
final class ProofTable implements ProofStore {
    static final String CAMPAIGN = "campaign";
    static final String PROOF = "proof";

    private final Table table;

    ProofTable(Table table) {
        this.table = table;
    }

    @Override
    public void put(Proof proof) {
        var item = new HashMap<>(key(proof.campaign(), proof.id()));
        item.put("document", Attributes.text(document(proof).toString()));
        table.put(item);
    }

    @Override
    public Optional<Proof> find(CampaignId campaign, String proofId) {
        return table.find(key(campaign, proofId)).map(ProofTable::read);
    }

    @Override
    public List<Proof> list(CampaignId campaign) {
        var all = new ArrayList<Proof>();
        table.query(CAMPAIGN, campaign.value(), item -> all.add(read(item)));
        return List.copyOf(all);
    }

    private static Map<String, AttributeValue> key(CampaignId campaign, String proofId) {
        return Map.of(CAMPAIGN, Attributes.text(campaign.value()), PROOF, Attributes.text(proofId));
    }

    private static ObjectNode document(Proof proof) {
        return Documents.document()
                .put("revision", proof.revision())
                .put("contentHash", proof.contentHash())
                .put("testDevice", proof.testDevice())
                .put("platform", proof.platform().wireName())
                .put("locale", proof.locale().value())
                .put("requestedBy", proof.requestedBy())
                .put("requestedAt", proof.requestedAt().toString())
                .put("result", proof.result().name());
    }

    private static Proof read(Map<String, AttributeValue> item) {
        String id = Attributes.text(item, PROOF);
        DocumentReader document = Documents.read("proof " + id, Attributes.text(item, "document"));
        return new Proof(
                id,
                new CampaignId(Attributes.text(item, CAMPAIGN)),
                document.integer("revision"),
                document.text("contentHash"),
                document.text("testDevice"),
                Platform.ofWireName(document.text("platform")),
                new LocaleTag(document.text("locale")),
                document.text("requestedBy"),
                document.instant("requestedAt"),
                document.constant("result", OutcomeCode.class));
    }
}
