package io.broadcaster.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTokenTest {
    @Test
    void of_iosHex_isLowerCase() {
        assertThat(DeviceToken.of(Platform.IOS, "00FFab").value()).isEqualTo("00ffab");
        assertThat(DeviceToken.of(Platform.IOS, "a".repeat(200)).value()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abc", "zz", "٠٠", "ab cd", "0x12"})
    void of_iosOther_isRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> DeviceToken.of(Platform.IOS, text))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("token of ios must be 2 to 200 hex digits, an even number, but was 'a text of "
                        + text.length() + " characters'");
    }

    @Test
    void of_iosTooLong_isRefusedWithoutQuotingIt() {
        String secret = "ab".repeat(101);

        assertThatThrownBy(() -> DeviceToken.of(Platform.IOS, secret))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("abab");
    }

    @Test
    void of_androidText_isKept() {
        assertThat(DeviceToken.of(Platform.ANDROID, "fcm_1:APA91b-X.y").value()).isEqualTo("fcm_1:APA91b-X.y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ü", "a\n", "a%2F"})
    void of_androidOther_isRefused(String text) {
        assertThatThrownBy(() -> DeviceToken.of(Platform.ANDROID, text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("token of android must be 1 to 512 of A-Z a-z 0-9 : _ - .");
    }

    @Test
    void toString_neverShowsTheToken() {
        DeviceToken token = DeviceToken.of(Platform.IOS, "deadbeef");

        assertThat(token).hasToString("DeviceToken[8 characters]");
        assertThat(new Device(
                        Platform.IOS, token, new io.broadcaster.campaign.LocaleTag("en"), java.time.Instant.EPOCH))
                .asString()
                .doesNotContain("deadbeef");
    }
}
