package io.broadcaster.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is held at once is bounded by the settings, whatever the audience's size. */
final class LargeLoadTest {
    private static final int USERS = 300_000;
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int PASS_BYTES = 2 << 20;

    /** What one chunk of 100 users may add to a full segment, its head included. */
    private static final int CHUNK_BYTES = 64 << 10;

    @Test
    void run_manyUsers_holdsOneSegmentAndOnePass() {
        var rig = new LoaderRig();
        rig.settings.put("loader.segment-bytes", Integer.toString(SEGMENT_BYTES));
        rig.settings.put("loader.pass-bytes", Integer.toString(PASS_BYTES));
        Campaign campaign = rig.campaign(LoaderRig.lines(USERS));
        var store = DyingObjectStore.never(rig.objects);
        var meters = new LoaderMeters(new SimpleMeterRegistry(), rig.config());
        var request = new Load.Request(campaign, (AudienceSource.Stored) campaign.audience(), Fixtures.NOW);

        LoadResult result = new Load(rig.config(), store, new ComputedDevices(), meters)
                .run(request, () -> true, rig.board(campaign));

        assertThat(result).isInstanceOfSatisfying(LoadResult.Sealed.class, end -> {
            assertThat(end.snapshot().devices()).isEqualTo(USERS);
            assertThat(end.snapshot().iosBatches()).isEqualTo(USERS / 500 / 2);
        });
        assertThat(meters.segments.count()).isGreaterThan(20);
        assertThat(store.largestPut()).isLessThan(SEGMENT_BYTES + CHUNK_BYTES);
        assertThat(store.largestRead()).isLessThanOrEqualTo(PASS_BYTES);
    }

    /** One device for every user, by the parity of its number, in English. */
    private static final class ComputedDevices implements DeviceStore {
        @Override
        public Map<UserId, List<Device>> find(Collection<UserId> users) {
            return users.stream().collect(Collectors.toMap(Function.identity(), user -> {
                int n = Integer.parseInt(user.value().substring("user-".length()));
                Platform platform = n % 2 == 0 ? Platform.IOS : Platform.ANDROID;
                return List.of(Fixtures.device(platform, n, Fixtures.ENGLISH));
            }));
        }

        @Override
        public void put(Map<UserId, List<Device>> devices) {
            throw new UnsupportedOperationException("a loader only reads devices");
        }
    }
}
