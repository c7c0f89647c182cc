package io.broadcaster.snapshot.payload;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static io.broadcaster.testkit.Fixtures.ENGLISH;
import static io.broadcaster.testkit.Fixtures.GERMAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadRendererTest {
    private static final LaunchId LAUNCH = LaunchId.of(CAMPAIGN, 1);

    @Test
    void apns_alert_hasTextSoundAndDataBesideAps() {
        assertThat(new PayloadRenderer(Fixtures.spec(), LAUNCH).apns(1))
                .isEqualTo("{\"aps\":{\"alert\":{\"title\":\"Anpfiff\",\"body\":\"Jetzt die App öffnen\"},"
                        + "\"sound\":\"default\"},\"link\":\"app://game\"}");
    }

    @Test
    void apns_silent_hasContentAvailableAlone() {
        assertThat(new PayloadRenderer(Fixtures.silentSpec(), LAUNCH).apns(0))
                .isEqualTo("{\"aps\":{\"content-available\":1},\"rehearsal\":\"1\"}");
    }

    @Test
    void fcm_alert_replacesByLaunchWhatIsShownAndUndelivered() {
        assertThat(new PayloadRenderer(Fixtures.spec(), LAUNCH).fcm(0))
                .isEqualTo("{\"notification\":{\"title\":\"Kick-off\",\"body\":\"Open the app now\"},"
                        + "\"data\":{\"link\":\"app://game\"},\"android\":{\"collapse_key\":\"" + LAUNCH
                        + "\",\"priority\":\"high\",\"ttl\":\"3600s\",\"notification\":{\"tag\":\"" + LAUNCH
                        + "\"}}}");
    }

    @Test
    void fcm_silent_isDataOnly() {
        assertThat(new PayloadRenderer(Fixtures.silentSpec(), LAUNCH).fcm(0))
                .isEqualTo("{\"data\":{\"rehearsal\":\"1\"},\"android\":{\"collapse_key\":\"" + LAUNCH
                        + "\",\"priority\":\"normal\",\"ttl\":\"0s\"}}");
    }

    @ParameterizedTest
    @EnumSource
    void render_4096Bytes_isTakenAndOneMoreIsNot(Platform platform) {
        int head = render(Map.of("k", ""), platform).getBytes(StandardCharsets.UTF_8).length;
        String fits = "x".repeat(4_096 - head);

        assertThat(render(Map.of("k", fits), platform)).hasSize(4_096);
        assertThatThrownBy(() -> render(Map.of("k", fits + "x"), platform))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("contents[1] must have a payload for " + platform.wireName()
                        + " of at most 4096 bytes of UTF-8, but was '4097 bytes'");
    }

    @ParameterizedTest
    @EnumSource
    void bytes_ofAnyLength_isThatOfThePayload(Platform platform) {
        assertThat(renderer(Map.of("k", "é")).bytes(1, platform))
                .isEqualTo(render(Map.of("k", "é"), platform).getBytes(StandardCharsets.UTF_8).length);
        assertThat(renderer(Map.of("k", "x".repeat(5_000))).bytes(1, platform))
                .isEqualTo(renderer(Map.of("k", "")).bytes(1, platform) + 5_000);
    }

    @Test
    void render_manyByteCharacters_areCountedAsBytes() {
        assertThatThrownBy(() -> render(Map.of("k", "é".repeat(2_100)), Platform.IOS))
                .hasMessageContaining("at most 4096 bytes");
    }

    @Test
    void apns_keyAps_isRefused() {
        assertThatThrownBy(() -> render(Map.of("aps", "x"), Platform.IOS))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("contents[1].data")
                .hasMessageContaining("reserved by APNs, but was 'aps'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "message_type", "notification", "google.x", "gcm.notification.y", ""})
    void fcm_reservedKey_isRefused(String key) {
        assertThatThrownBy(() -> render(Map.of(key, "x"), Platform.ANDROID))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("contents[1].data");
    }

    @Test
    void apns_halfACharacter_isRefused() {
        assertThatThrownBy(() -> render(Map.of("k", "\ud83d"), Platform.IOS))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("contents[1] must be Unicode text");
    }

    private static String render(Map<String, String> data, Platform platform) {
        return renderer(data).render(1, platform);
    }

    private static PayloadRenderer renderer(Map<String, String> data) {
        var both = EnumSet.allOf(Platform.class);
        var spec = new CampaignSpec(
                "Sizes",
                PushKind.ALERT,
                DeliveryPolicy.AT_LEAST_ONCE,
                Duration.ofHours(1),
                ENGLISH,
                List.of(new Content(ENGLISH, both, "Hi", "", Map.of()), new Content(GERMAN, both, "Hallo", "", data)));
        return new PayloadRenderer(spec, LAUNCH);
    }
}
