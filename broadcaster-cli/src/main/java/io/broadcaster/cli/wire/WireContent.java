package io.broadcaster.cli.wire;

import io.broadcaster.audience.Manifest.Variant;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.snapshot.payload.Variants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every client of a wire test sends: an alert of about 200 bytes for APNs, and what FCM makes of the same. */
final class WireContent {
    static final LaunchId LAUNCH = LaunchId.of(new CampaignId("wire"), 1);
    static final Duration EXPIRY = Duration.ofHours(1);
    static final String TITLE = "Kick-off!";
    static final String BODY =
            "The advert is on. Open the app within the next hour and the offer of the evening is yours.";
    static final Map<String, String> DATA = Map.of("deeplink", "app://offers/kick-off");

    private WireContent() {}

    static Variant variant(Platform platform) {
        var locale = new LocaleTag("en");
        var content = new Content(locale, Set.of(Platform.values()), TITLE, BODY, DATA);
        var spec = new CampaignSpec(
                "wire", PushKind.ALERT, DeliveryPolicy.AT_LEAST_ONCE, EXPIRY, locale, List.of(content));
        return Variants.render(spec, LAUNCH).all().stream()
                .filter(variant -> variant.platform() == platform)
                .findFirst()
                .orElseThrow();
    }
}
