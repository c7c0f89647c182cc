package io.broadcaster.api.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.Window;
import io.broadcaster.snapshot.payload.PayloadRenderer;
import java.util.function.Consumer;

/** Any bytes as the body of each route that takes JSON: what it asks for, or InvalidInput, and nothing else. */
final class JsonBodiesFuzz {
    private static final LaunchId LAUNCH = LaunchId.of(new CampaignId("fuzz"), 1);

    @FuzzTest
    void body(byte[] body) {
        read(body, JsonBodiesFuzz::campaign);
        read(body, fields -> new Window(fields.instant("notBefore"), fields.instant("notAfter")));
        read(body, fields -> fields.optionalWhole("devices"));
        read(body, fields -> DeviceToken.of(Platform.ofWireName(fields.text("platform")), fields.text("token")));
        read(body, fields -> new LocaleTag(fields.text("locale")));
        read(body, fields -> fields.text("s3Key"));
    }

    private static void read(byte[] body, Consumer<JsonFields> reader) {
        try {
            JsonFields fields = JsonFields.of(body);
            reader.accept(fields);
            fields.done();
        } catch (InvalidInput e) {
            if (e.field().isEmpty()) {
                throw new AssertionError("a complaint names its field", e);
            }
        }
    }

    private static void campaign(JsonFields fields) {
        var _ = fields.optionalText("id").map(CampaignId::new);
        CampaignSpec spec = SpecJson.read(fields);
        ObjectNode written = Json.object();
        SpecJson.write(spec, written);
        CampaignSpec again = SpecJson.read(JsonFields.of(Json.write(written)));
        if (!again.equals(spec) || !ContentHash.of(again).equals(ContentHash.of(spec))) {
            throw new AssertionError("what is written reads as another spec");
        }
        var renderer = new PayloadRenderer(spec, LAUNCH);
        for (int i = 0; i < spec.contents().size(); i++) {
            for (Platform platform : spec.contents().get(i).platforms()) {
                if (renderer.render(i, platform).isEmpty()) {
                    throw new AssertionError("a payload without content");
                }
            }
        }
    }
}
