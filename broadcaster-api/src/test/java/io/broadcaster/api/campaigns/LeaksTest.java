package io.broadcaster.api.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{name}}",
                "{{ user.first }}",
                "${name}",
                "%s",
                "%1$s",
                "%@",
                "%d",
                "%(name)s",
                "<%= name %>",
                "{name}",
                "[[name]]",
                "[object Object]",
                "undefined",
                "null",
                "NaN"
            })
    void in_placeholderInTheText_isFound(String text) {
        assertThat(Leaks.in(spec("Hello " + text + ", kick-off!")))
                .containsExactly(new Leak("contents[0].body", Leak.Kind.PLACEHOLDER, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f9c24e8-3b12-4f5e-9a77-0c1d2e3f4a5b",
                "5f5f5f5f5f5f5f5f",
                "user-123",
                "uid:42",
                "ACCT_0099",
                "1234567890"
            })
    void in_internalIdInTheText_isFound(String text) {
        assertThat(Leaks.in(spec("Hello " + text + ", kick-off!")))
                .containsExactly(new Leak("contents[0].body", Leak.Kind.INTERNAL_ID, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100% discount, 50% sure",
                "2:1 after 90+3 minutes, 80,000 fans",
                "Null Problemo, the user-friendly app",
                "Facade added, decade faded",
                "Call 555-0100 (or not)",
                "App öffnen – 5 € geschenkt! 🎉"
            })
    void in_ordinaryText_findsNothing(String text) {
        assertThat(Leaks.in(spec(text))).isEmpty();
    }

    @Test
    void in_missingBody_isFound() {
        assertThat(Leaks.in(spec(" "))).containsExactly(new Leak("contents[0].body", Leak.Kind.EMPTY, ""));
    }

    @Test
    void in_silentSpec_needsNoText() {
        assertThat(Leaks.in(Fixtures.silentSpec())).isEmpty();
    }

    @Test
    void in_data_mayHoldIdsButNoPlaceholder() {
        assertThat(Leaks.in(spec("Kick-off", Map.of("link", "app://user-123", "who", "${id}"))))
                .containsExactly(new Leak("contents[0].data.who", Leak.Kind.PLACEHOLDER, "${id}"));
    }

    @Test
    void in_longHostileText_endsSoonWithFewFindings() {
        assertThat(Leaks.in(spec("{{a}} ".repeat(600)))).hasSize(5);
        assertThat(Leaks.in(spec("a".repeat(4_000)))).isEmpty();
        assertThat(Leaks.in(spec("{{".repeat(2_000)))).isEmpty();
    }

    private static CampaignSpec spec(String body) {
        return spec(body, Map.of());
    }

    private static CampaignSpec spec(String body, Map<String, String> data) {
        var english = new LocaleTag("en");
        var content = new Content(english, EnumSet.allOf(Platform.class), "Title", body, data);
        return new CampaignSpec(
                "Advert", PushKind.ALERT, DeliveryPolicy.AT_LEAST_ONCE, Duration.ofHours(1), english, List.of(content));
    }
}
