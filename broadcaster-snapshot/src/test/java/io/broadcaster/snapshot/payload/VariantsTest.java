package io.broadcaster.snapshot.payload;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static io.broadcaster.testkit.Fixtures.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.broadcaster.audience.Manifest.Variant;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VariantsTest {
    private static final Set<Platform> BOTH = EnumSet.allOf(Platform.class);

    private final Variants variants = Variants.render(
            new CampaignSpec(
                    "Locales",
                    PushKind.ALERT,
                    DeliveryPolicy.AT_LEAST_ONCE,
                    Duration.ofHours(1),
                    ENGLISH,
                    List.of(
                            content("pt", Set.of(Platform.IOS)),
                            content("en", BOTH),
                            content("pt-BR", BOTH),
                            content("de", Set.of(Platform.ANDROID)))),
            LaunchId.of(CAMPAIGN, 1));

    @Test
    void render_eachPlatform_countsItsOwnIndexes() {
        assertThat(variants.all())
                .extracting(Variant::platform, Variant::index, v -> v.locale().value())
                .containsExactly(
                        tuple(Platform.IOS, 0, "pt"),
                        tuple(Platform.IOS, 1, "en"),
                        tuple(Platform.IOS, 2, "pt-BR"),
                        tuple(Platform.ANDROID, 0, "en"),
                        tuple(Platform.ANDROID, 1, "pt-BR"),
                        tuple(Platform.ANDROID, 2, "de"));
    }

    @Test
    void choose_exactLocale_isTaken() {
        assertThat(choose(Platform.IOS, "pt-BR")).isEqualTo(2);
    }

    @Test
    void choose_otherRegion_fallsBackToTheLanguage() {
        assertThat(choose(Platform.IOS, "pt-PT")).isZero();
        assertThat(choose(Platform.ANDROID, "de-AT")).isEqualTo(2);
    }

    @Test
    void choose_unknownLanguage_fallsBackToTheDefault() {
        assertThat(choose(Platform.IOS, "de-AT")).isEqualTo(1);
        assertThat(choose(Platform.ANDROID, "pt-PT")).isZero();
    }

    private int choose(Platform platform, String locale) {
        return variants.choose(platform, new LocaleTag(locale));
    }

    private static Content content(String locale, Set<Platform> platforms) {
        return new Content(new LocaleTag(locale), platforms, locale, "", Map.of());
    }
}
