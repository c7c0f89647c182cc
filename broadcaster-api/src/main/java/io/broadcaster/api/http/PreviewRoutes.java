package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.broadcaster.api.campaigns.Leaks;
import io.broadcaster.api.identity.Act;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.snapshot.payload.PayloadRenderer;
import java.util.List;
import java.util.Locale;

/** What a spec would be to the providers, in bytes, and what in it looks like a leak. Stores nothing. */
public final class PreviewRoutes implements RouteSet {
    /** Every launch id has the same length: any stands for that of the launch to come. */
    private static final LaunchId ANY = LaunchId.of(new CampaignId("preview"), 1);

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/previews", Act.READ, PreviewRoutes::preview));
    }

    private static HttpResponse preview(Call call) {
        JsonFields fields = call.json();
        CampaignSpec spec = SpecJson.read(fields);
        fields.done();
        ObjectNode body = Json.object();
        var payloads = body.putArray("payloads");
        var renderer = new PayloadRenderer(spec, ANY);
        for (int i = 0; i < spec.contents().size(); i++) {
            Content content = spec.contents().get(i);
            for (Platform platform : content.platforms()) {
                ObjectNode payload = payloads.addObject();
                payload.put("content", i);
                payload.put("locale", content.locale().value());
                payload.put("platform", platform.wireName());
                payload.put("bytes", renderer.bytes(i, platform));
                payload.put("bytesMax", PayloadRenderer.PAYLOAD_BYTES_MAX);
            }
        }
        var leaks = body.putArray("leaks");
        Leaks.in(spec).forEach(leak -> {
            ObjectNode entry = leaks.addObject();
            entry.put("field", leak.field());
            entry.put("kind", leak.kind().name().toLowerCase(Locale.ROOT));
            entry.put("text", leak.text());
        });
        return Call.json(HttpStatus.OK, body);
    }
}
