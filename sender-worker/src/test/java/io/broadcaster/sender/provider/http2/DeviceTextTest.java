package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DeviceTextTest {
    private static final long SEED = 11;

    @Test
    void uuid_randomHalves_isTheTextOfUuid() {
        var random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            long high = random.nextLong();
            long low = random.nextLong();
            byte[] out = new byte[DeviceText.UUID_LENGTH + 2];
            DeviceText.uuid(high, low, out, 1);

            assertThat(new String(out, 1, DeviceText.UUID_LENGTH, StandardCharsets.US_ASCII))
                    .as("seed " + SEED)
                    .isEqualTo(new UUID(high, low).toString());
            assertThat(out[0]).isZero();
            assertThat(out[out.length - 1]).isZero();
        }
    }

    @Test
    void hex_allLengths_isTheTextOfHexFormat() {
        var random = new Random(SEED);
        for (int length = 0; length <= 512; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] out = new byte[2 * length + 1];
            DeviceText.hex(bytes, length, out, 1);

            assertThat(new String(out, 1, 2 * length, StandardCharsets.US_ASCII))
                    .as("seed " + SEED)
                    .isEqualTo(HexFormat.of().formatHex(bytes));
        }
    }
}
