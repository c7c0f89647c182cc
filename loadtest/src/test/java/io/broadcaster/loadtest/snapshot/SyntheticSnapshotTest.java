package io.broadcaster.loadtest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SyntheticSnapshotTest {
    private static final SyntheticAudience AUDIENCE = new SyntheticAudience(3_100, 1_700, 5);

    @Test
    void write_readByTheRealLoader_holdsExactlyTheAudience() throws Exception {
        try (LocalSnapshot files = LocalSnapshot.write(AUDIENCE);
                LoadedSnapshot snapshot = files.load()) {
            for (Platform platform : Platform.values()) {
                Set<DeviceToken> expected = AUDIENCE.devices()
                        .filter(device -> device.platform() == platform)
                        .map(device -> device.token())
                        .collect(Collectors.toSet());
                assertThat(tokens(snapshot, platform)).isEqualTo(expected);
            }
            assertThat(snapshot.bytesOffHeap()).isEqualTo(files.tokenBytes());
            assertThat(snapshot.manifest().counts().devices()).isEqualTo(AUDIENCE.size());
        }
    }

    @Test
    void run_everyForm_holdsEveryDeviceAndAllocatesNothingPerLookUp() throws Exception {
        var bakeOff = new SnapshotBakeOff(new SyntheticAudience(20_000, 20_000, 1), 2);

        var figures = bakeOff.run(List.of(SnapshotBakeOff.Form.values()), _ -> {});

        assertThat(figures).hasSize(3).allSatisfy(form -> {
            assertThat(form.loads()).hasSize(2);
            assertThat(form.fileBytes()).isPositive();
            assertThat(form.offHeapBytes()).isGreaterThan(20_000 * (32 + 163));
            assertThat(form.lookUpBytes()).isLessThan(0.1);
        });
    }

    private static Set<DeviceToken> tokens(LoadedSnapshot snapshot, Platform platform) {
        var tokens = new HashSet<DeviceToken>();
        for (int batch = 0; batch < snapshot.batches(platform); batch++) {
            for (int position = 0; position < snapshot.devices(platform, batch); position++) {
                tokens.add(snapshot.token(platform, batch, position));
            }
        }
        return tokens;
    }
}
