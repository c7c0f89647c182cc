package io.broadcaster.loadtest.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class SyntheticAudienceTest {
    private static final SyntheticAudience AUDIENCE = new SyntheticAudience(60_000, 40_000, 7);

    @Test
    void devices_sizesAsked_exactlyThoseAndAllDistinct() {
        Map<Platform, List<Device>> devices = AUDIENCE.devices().collect(Collectors.groupingBy(Device::platform));

        assertThat(devices.get(Platform.IOS)).hasSize(60_000);
        assertThat(devices.get(Platform.ANDROID)).hasSize(40_000);
        var tokens = new HashSet<DeviceToken>();
        AUDIENCE.devices().forEach(device -> tokens.add(device.token()));
        assertThat(tokens).hasSize(100_000);
    }

    @Test
    void users_sameSeed_sameAudienceAndOtherSeedAnother() {
        assertThat(AUDIENCE.users().limit(1_000).toList())
                .isEqualTo(new SyntheticAudience(60_000, 40_000, 7)
                        .users()
                        .limit(1_000)
                        .toList())
                .isNotEqualTo(new SyntheticAudience(60_000, 40_000, 8)
                        .users()
                        .limit(1_000)
                        .toList());
    }

    @Test
    void devices_tokens_areOfThePlatformsForm() {
        AUDIENCE.devices().limit(10_000).forEach(device -> {
            assertThat(DeviceToken.of(device.platform(), device.token().value()))
                    .isEqualTo(device.token());
            assertThat(device.token().value()).hasSize(device.platform() == Platform.IOS ? 64 : 163);
        });
    }

    @Test
    void expected_shares_aboutFourInAThousandDeadAndOneBad() {
        Map<OutcomeCode, Long> outcomes =
                AUDIENCE.devices().collect(Collectors.groupingBy(SyntheticAudience::expected, Collectors.counting()));

        assertThat(outcomes).containsOnlyKeys(OutcomeCode.ACCEPTED, OutcomeCode.UNREGISTERED, OutcomeCode.BAD_TOKEN);
        assertThat(outcomes.get(OutcomeCode.UNREGISTERED)).isCloseTo(400L, Percentage.withPercentage(20));
        assertThat(outcomes.get(OutcomeCode.BAD_TOKEN)).isCloseTo(100L, Percentage.withPercentage(40));
    }

    @Test
    void locales_ofDevices_allFiveAndNoOther() {
        assertThat(AUDIENCE.devices().map(Device::locale).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(SyntheticAudience.locales());
    }
}
