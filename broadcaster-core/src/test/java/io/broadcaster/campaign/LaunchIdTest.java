package io.broadcaster.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchIdTest {
    private static final long SEED = 62;
    private static final LaunchId LAUNCH = LaunchId.of(new CampaignId("big-game"), 1);

    // printf 'launch/big-game/1' | sha256sum | cut -c1-32
    @ParameterizedTest
    @CsvSource({
        "big-game, 1, b8da840126d5a07e72a89a9c470761df",
        "big-game, 2, ee2be7a410965ced167928c0a121f4d3",
        "a,        1, f7986138296e67407e57b6115e38f773"
    })
    void of_campaignAndRevision_isTheGoldenHash(String campaign, int revision, String expected) {
        assertThat(LaunchId.of(new CampaignId(campaign), revision).value()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, b8da8401-26d5-807e-b2a8-9a9c470761df",
        "1, b8da8401-26d5-807e-b2a8-9a9c470761e0",
        "562949953421317, b8da8401-26d5-807e-b2aa-9a9c470761e4"
    })
    void notificationId_ofAnOrdinal_isTheGoldenUuid(long ordinal, String expected) {
        assertThat(LAUNCH.notificationId(ordinal)).isEqualTo(UUID.fromString(expected));
    }

    @Test
    void notificationId_everyOrdinal_isACustomUuid() {
        var random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            UUID id = LAUNCH.notificationId(random.nextLong(1L << 62));
            assertThat(id.version()).isEqualTo(8);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void notificationId_manyOrdinals_areDistinct() {
        var random = new Random(SEED);
        var ordinals = new HashSet<Long>();
        for (long i = 0; i < 100_000; i++) {
            ordinals.add(i);
            ordinals.add((1L << 62) - 1 - i);
            ordinals.add(random.nextLong(1L << 62));
        }

        var ids = new HashSet<UUID>();
        ordinals.forEach(ordinal -> ids.add(LAUNCH.notificationId(ordinal)));

        assertThat(ids).hasSameSizeAs(ordinals);
    }

    @Test
    void constructor_notHex_isRefusedByName() {
        assertThatThrownBy(() -> new LaunchId("B8DA840126D5A07E72A89A9C470761DF"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("launch id must be 32 hex digits, but was 'B8DA840126D5A07E72A89A9C470761DF'");
    }
}
