package io.broadcaster.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final LocaleTag EN = new LocaleTag("en");
    private static final LocaleTag DE = new LocaleTag("de");
    private static final Set<Platform> BOTH = EnumSet.allOf(Platform.class);
    private static final Content ENGLISH = new Content(EN, BOTH, "Kick-off", "Now", Map.of("a", "1", "b", "2"));
    private static final Content GERMAN = new Content(DE, BOTH, "Anpfiff", "Jetzt", Map.of());

    @Test
    void of_entriesInAnotherOrder_isTheSame() {
        assertThat(hash(List.of(ENGLISH, GERMAN))).isEqualTo(hash(List.of(GERMAN, ENGLISH)));
    }

    @Test
    void of_nameAndPolicyChanged_isTheSame() {
        var one = spec("one", PushKind.ALERT, DeliveryPolicy.AT_LEAST_ONCE, 60, EN);
        var other = spec("other", PushKind.ALERT, DeliveryPolicy.AT_MOST_ONCE, 60, EN);

        assertThat(ContentHash.of(one)).isEqualTo(ContentHash.of(other)).matches("[0-9a-f]{64}");
    }

    @Test
    void of_anyFieldChanged_isAnother() {
        var hashes = new HashSet<String>();
        Stream.of(
                        ENGLISH,
                        new Content(EN, BOTH, "Kick-of", "fNow", ENGLISH.data()),
                        new Content(EN, BOTH, "Kick-off!", "Now", ENGLISH.data()),
                        new Content(EN, BOTH, "Kick-off", "Now!", ENGLISH.data()),
                        new Content(EN, BOTH, "", "Kick-offNow", ENGLISH.data()),
                        new Content(EN, BOTH, "Kick-off", "Now", Map.of()),
                        new Content(EN, BOTH, "Kick-off", "Now", Map.of("a", "2", "b", "1")),
                        new Content(EN, BOTH, "Kick-off", "Now", Map.of("a", "1,1:b", "b", "2")),
                        new Content(EN, BOTH, "Kick-off", "Now", Map.of("a", "1")))
                .forEach(content -> hashes.add(hash(List.of(content))));
        hashes.add(hash(List.of(ENGLISH, GERMAN)));
        hashes.add(hash(List.of(ENGLISH, new Content(DE, Set.of(Platform.IOS), "Anpfiff", "Jetzt", Map.of()))));
        hashes.add(ContentHash.of(spec("one", PushKind.SILENT, DeliveryPolicy.AT_LEAST_ONCE, 60, EN)));
        hashes.add(ContentHash.of(spec("one", PushKind.ALERT, DeliveryPolicy.AT_LEAST_ONCE, 61, EN)));
        hashes.add(ContentHash.of(spec("one", PushKind.ALERT, DeliveryPolicy.AT_LEAST_ONCE, 61, DE)));

        assertThat(hashes).hasSize(14);
    }

    private static String hash(List<Content> contents) {
        return ContentHash.of(new CampaignSpec(
                "spec", PushKind.ALERT, DeliveryPolicy.AT_LEAST_ONCE, Duration.ofMinutes(1), EN, contents));
    }

    private static CampaignSpec spec(
            String name, PushKind kind, DeliveryPolicy policy, long expirySeconds, LocaleTag defaultLocale) {
        return new CampaignSpec(
                name, kind, policy, Duration.ofSeconds(expirySeconds), defaultLocale, List.of(ENGLISH, GERMAN));
    }
}
