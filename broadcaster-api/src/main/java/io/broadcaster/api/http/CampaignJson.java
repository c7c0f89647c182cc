package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.Launch;
import io.broadcaster.delivery.Proof;
import java.util.Locale;

/** Campaigns, launches and proofs as JSON, their fields always in the same order. */
final class CampaignJson {
    private CampaignJson() {}

    static ObjectNode summary(Campaign campaign) {
        ObjectNode json = Json.object();
        json.put("id", campaign.id().value());
        json.put("revision", campaign.revision());
        json.put("version", campaign.version());
        json.put("state", campaign.state().name().name());
        json.put("name", campaign.spec().name());
        json.put("kind", campaign.spec().kind().wireName());
        campaign.authors().names().forEach(json.putArray("authors")::add);
        json.put("createdAt", campaign.createdAt().toString());
        json.put("updatedAt", campaign.updatedAt().toString());
        switch (campaign.state()) {
            case Draft _, Loading _, Failed _ -> {}
            case Loaded(var snapshot, var _) -> json.put("devices", snapshot.devices());
            case Armed armed -> armed(armed, json);
            case Launched(var armed, var launch, var _) -> launched(armed, launch, json);
            case Completed(var armed, var launch, var _) -> launched(armed, launch, json);
            case Aborted(var armed, var launch, var _, var _) -> launched(armed, launch, json);
        }
        return json;
    }

    private static void armed(Armed armed, ObjectNode into) {
        into.put("devices", armed.snapshot().devices());
        into.put("notBefore", armed.window().notBefore().toString());
        into.put("notAfter", armed.window().notAfter().toString());
    }

    private static void launched(Armed armed, Launch launch, ObjectNode into) {
        armed(armed, into);
        into.put("pressedAt", launch.pressedAt().toString());
    }

    static ObjectNode full(Campaign campaign) {
        ObjectNode json = summary(campaign);
        SpecJson.write(campaign.spec(), json);
        json.put("contentHash", ContentHash.of(campaign.spec()));
        if (campaign.audience() instanceof AudienceSource.Stored stored) {
            ObjectNode audience = json.putObject("audience");
            audience.put("key", stored.key());
            audience.put("format", stored.format().name().toLowerCase(Locale.ROOT));
            audience.put("compression", stored.compression().name().toLowerCase(Locale.ROOT));
            audience.put("bytes", stored.bytes());
            audience.put("sha256", stored.sha256());
        }
        return json;
    }

    /** The same bytes for every presser, forever. */
    static ObjectNode launch(Launch launch) {
        ObjectNode json = Json.object();
        json.put("launch", launch.id().value());
        json.put("campaign", launch.campaign().value());
        json.put("revision", launch.revision());
        json.put("pressedBy", launch.pressedBy());
        json.put("pressedAt", launch.pressedAt().toString());
        json.put("slices", launch.slices());
        json.put("batches", launch.batches());
        return json;
    }

    static ObjectNode proof(Proof proof) {
        ObjectNode json = Json.object();
        json.put("id", proof.id());
        json.put("campaign", proof.campaign().value());
        json.put("revision", proof.revision());
        json.put("contentHash", proof.contentHash());
        json.put("testDevice", proof.testDevice());
        json.put("platform", proof.platform().wireName());
        json.put("locale", proof.locale().value());
        json.put("requestedBy", proof.requestedBy());
        json.put("requestedAt", proof.requestedAt().toString());
        json.put("outcome", proof.result().outcome().name().toLowerCase(Locale.ROOT));
        json.put("result", proof.result().name());
        return json;
    }
}
