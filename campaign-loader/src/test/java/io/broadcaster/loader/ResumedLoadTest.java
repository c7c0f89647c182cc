package io.broadcaster.loader;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.ObjectStore.ObjectStoreException;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loader.store.BrokenWorkException;
import io.broadcaster.loader.store.OvertakenException;
import io.broadcaster.testkit.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads that are killed anywhere and go on elsewhere, and two loaders at one load. */
final class ResumedLoadTest {
    private static final int USERS = 400;
    private static final String AUDIENCE = LoaderRig.lines(USERS / 2) + "bad row\n" + LoaderRig.lines(USERS);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_killedAtAnyOperation_resumesToTheSameBytes(boolean withEffect) {
        var undisturbed = new LoaderRig();
        undisturbed.devicesOf(USERS);
        var counted = DyingObjectStore.never(undisturbed.objects);
        LoadResult expected = undisturbed.load(undisturbed.campaign(AUDIENCE), counted, () -> true);
        assertThat(expected).isInstanceOf(LoadResult.Sealed.class);
        assertThat(counted.operations()).isGreaterThan(30);

        for (int killAt = 1; killAt <= counted.operations(); killAt++) {
            var rig = new LoaderRig();
            rig.devicesOf(USERS);
            Campaign campaign = rig.campaign(AUDIENCE);
            var dying = new DyingObjectStore(rig.objects, killAt, withEffect);
            assertThatThrownBy(() -> rig.load(campaign, dying, () -> true))
                    .as("killed at operation %d", killAt)
                    .isInstanceOf(ObjectStoreException.class);

            assertThat(rig.load(campaign)).as("killed at operation %d", killAt).isEqualTo(expected);
            assertThat(rig.snapshotFiles()).isEqualTo(undisturbed.snapshotFiles());
        }
    }

    @Test
    void run_killedAgainAndAgain_resumesToTheSameBytes() {
        var undisturbed = new LoaderRig();
        undisturbed.devicesOf(USERS);
        LoadResult expected = undisturbed.load(undisturbed.campaign(AUDIENCE));

        var rig = new LoaderRig();
        rig.devicesOf(USERS);
        Campaign campaign = rig.campaign(AUDIENCE);
        for (int killAt = 3; killAt < 25; killAt += 4) {
            var dying = new DyingObjectStore(rig.objects, killAt, true);
            assertThatThrownBy(() -> rig.load(campaign, dying, () -> true)).isInstanceOf(ObjectStoreException.class);
        }

        assertThat(rig.load(campaign)).isEqualTo(expected);
        assertThat(rig.snapshotFiles()).isEqualTo(undisturbed.snapshotFiles());
    }

    @Test
    void run_stoppedByItsLease_resumesWithoutResolvingAgain() {
        var rig = new LoaderRig();
        rig.devicesOf(USERS);
        rig.settings.put("loader.parallelism", "1");
        Campaign campaign = rig.campaign(AUDIENCE);
        var asked = new AtomicInteger();

        assertThatThrownBy(() -> rig.load(campaign, rig.objects, () -> asked.incrementAndGet() <= 4))
                .isInstanceOf(LeaseLostException.class);
        int before = rig.devices.finds();
        assertThat(rig.load(campaign)).isInstanceOf(LoadResult.Sealed.class);

        assertThat(before).isBetween(4, 6);
        assertThat(rig.devices.finds() - before).isLessThanOrEqualTo(7 - 4 + 1);
    }

    @Test
    void run_anotherRequestOfTheSameRevision_resolvesAfresh() {
        var rig = new LoaderRig();
        rig.devicesOf(USERS);
        Campaign campaign = rig.campaign(AUDIENCE);
        String stale = SnapshotKeys.work(CAMPAIGN, 1) + "1/segment-000000";
        rig.objects.putIfAbsent(stale, new byte[] {1});
        rig.objects.putIfAbsent(SnapshotKeys.tokens(CAMPAIGN, 1, Platform.IOS), new byte[] {1});

        assertThat(rig.load(campaign)).isInstanceOf(LoadResult.Sealed.class);
        assertThat(rig.objects.list(SnapshotKeys.work(CAMPAIGN, 1))).isEmpty();
    }

    @Test
    void run_segmentDamaged_startsAnewAtTheNextAttempt() {
        var rig = new LoaderRig();
        rig.devicesOf(USERS);
        Campaign campaign = rig.campaign(AUDIENCE);
        var dying = new DyingObjectStore(rig.objects, 12, true);
        assertThatThrownBy(() -> rig.load(campaign, dying, () -> true)).isInstanceOf(ObjectStoreException.class);
        String segment = rig.objects.list(SnapshotKeys.work(CAMPAIGN, 1)).getFirst();
        rig.objects.corrupt(segment, rig.objects.content(segment).length - 1);

        assertThatThrownBy(() -> rig.load(campaign))
                .isInstanceOf(BrokenWorkException.class)
                .hasMessageContaining(segment);
        assertThat(rig.load(campaign)).isInstanceOf(LoadResult.Sealed.class);
    }

    @Test
    void run_anotherLoaderWroteTheSegment_leavesTheLoadToIt() {
        var rig = new LoaderRig();
        rig.devicesOf(USERS);
        Campaign campaign = rig.campaign(AUDIENCE);
        var other = new OtherLoader(rig, campaign);
        var meters = new LoaderMeters(new SimpleMeterRegistry(), rig.config());
        var load = new Load(rig.config(), rig.objects, other, meters);
        var request = new Load.Request(campaign, (AudienceSource.Stored) campaign.audience(), Fixtures.NOW);

        assertThatThrownBy(() -> load.run(request, () -> true, rig.board(campaign)))
                .isInstanceOf(OvertakenException.class);
        assertThat(rig.load(campaign)).isEqualTo(other.result());
    }

    /** Devices whose first look-up takes as long as another loader's attempt up to its third segment. */
    private static final class OtherLoader implements DeviceStore {
        private final LoaderRig rig;
        private final Campaign campaign;
        private final AtomicInteger finds = new AtomicInteger();

        OtherLoader(LoaderRig rig, Campaign campaign) {
            this.rig = rig;
            this.campaign = campaign;
        }

        LoadResult result() {
            return rig.load(campaign);
        }

        @Override
        public Map<UserId, List<Device>> find(Collection<UserId> users) {
            if (finds.incrementAndGet() == 1) {
                var asked = new AtomicInteger();
                assertThatThrownBy(() -> rig.load(campaign, rig.objects, () -> asked.incrementAndGet() <= 3))
                        .isInstanceOf(LeaseLostException.class);
            }
            return rig.devices.find(users);
        }

        @Override
        public void put(Map<UserId, List<Device>> devices) {
            throw new UnsupportedOperationException("a loader only reads devices");
        }
    }
}
