package io.broadcaster.snapshot;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.broadcaster.audience.ObjectStore.ObjectStoreException;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.Platform;
import io.broadcaster.testkit.FakeObjectStore;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadedSnapshotTest {
    private static final String MANIFEST = SnapshotKeys.manifest(CAMPAIGN, 1);
    private static final int PART_BYTES = 8 << 20;

    @Test
    void load_severalParts_isWholeAndStatesItsMemory() {
        var written = WrittenSnapshot.of(10_000, 100_000, 250);
        var android = written.manifest().column(Platform.ANDROID);
        try (var snapshot = written.load()) {
            assertThat(android.tokens().parts()).hasSizeGreaterThan(2);
            assertThat(snapshot.manifest()).isEqualTo(written.manifest());
            assertThat(snapshot.bytesOffHeap())
                    .isEqualTo(written.objects().content(written.tokensKey(Platform.IOS)).length
                            + written.objects().content(written.tokensKey(Platform.ANDROID)).length);
            assertThat(snapshot.batches(Platform.ANDROID)).isEqualTo(android.batches());
        }
    }

    @Test
    void load_emptyPlatform_hasNoBatches() {
        try (var snapshot = WrittenSnapshot.of(0, 3, 250).load()) {
            assertThat(snapshot.batches(Platform.IOS)).isZero();
            assertThat(snapshot.batches(Platform.ANDROID)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 9_000_000, -5})
    void load_oneByteWrong_namesFileAndPart(int at) {
        var written = WrittenSnapshot.of(10, 60_000, 250);
        String key = written.tokensKey(Platform.ANDROID);
        int offset = at < 0 ? written.objects().content(key).length + at : at;
        written.objects().corrupt(key, offset);

        assertThatThrownBy(written::load)
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("part at " + offset / PART_BYTES * PART_BYTES)
                .hasMessageContaining("must have SHA-256");
    }

    @Test
    void load_fileTruncated_namesThePartThatEnds() {
        var written = WrittenSnapshot.of(10, 60_000, 250);
        String key = written.tokensKey(Platform.ANDROID);
        byte[] content = written.objects().content(key);
        written.objects().deleteAll(key);
        written.objects().putIfAbsent(key, Arrays.copyOf(content, content.length - 1));

        assertThatThrownBy(written::load)
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("part at " + PART_BYTES);
    }

    @Test
    void load_fileMissing_isNamed() {
        var written = WrittenSnapshot.of(10, 10, 250);
        written.objects().deleteAll(written.tokensKey(Platform.IOS));

        assertThatThrownBy(written::load)
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining(written.tokensKey(Platform.IOS))
                .hasMessageContaining("must exist");
    }

    @Test
    void load_manifestMissing_isNamed() {
        assertThatThrownBy(() -> LoadedSnapshot.load(new FakeObjectStore(), MANIFEST, "00", 2))
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining(MANIFEST);
    }

    @Test
    void load_manifestChanged_isRefusedByItsSha() {
        var written = WrittenSnapshot.of(10, 10, 250);
        written.objects().corrupt(MANIFEST, 30);

        assertThatThrownBy(written::load)
                .isInstanceOf(SnapshotCorruptException.class)
                .hasMessageContaining("must have SHA-256 " + written.sha256());
    }

    @Test
    void load_storeFails_isNotTakenForCorruption() {
        var written = WrittenSnapshot.of(10, 10, 250);
        written.objects().failCalls(FakeObjectStore.Call.READ, 1);

        assertThatThrownBy(written::load).isExactlyInstanceOf(ObjectStoreException.class);
    }

    @Test
    void copyToken_manyTimes_allocatesNothing() {
        try (var snapshot = WrittenSnapshot.of(5_000, 0, 500).load()) {
            byte[] into = new byte[LoadedSnapshot.TOKEN_BYTES_MAX];
            for (int round = 0; round < 200; round++) {
                copyAll(snapshot, into);
            }
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            long copied = copyAll(snapshot, into);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(copied).isEqualTo(5_000 * 32);
            assertThat(allocated).isLessThan(5_000);
        }
    }

    @Test
    void copyToken_positionOutsideTheBatch_isRefused() {
        try (var snapshot = WrittenSnapshot.of(10, 0, 500).load()) {
            byte[] into = new byte[LoadedSnapshot.TOKEN_BYTES_MAX];
            int devices = snapshot.devices(Platform.IOS, 0);
            assertThatThrownBy(() -> snapshot.copyToken(Platform.IOS, 0, devices, into))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void close_twice_freesOnceAndLookUpsFail() {
        var snapshot = WrittenSnapshot.of(10, 0, 500).load();
        snapshot.close();
        snapshot.close();

        assertThatThrownBy(() -> snapshot.token(Platform.IOS, 0, 0)).isInstanceOf(IllegalStateException.class);
    }

    private static long copyAll(LoadedSnapshot snapshot, byte[] into) {
        long copied = 0;
        for (int batch = 0; batch < snapshot.batches(Platform.IOS); batch++) {
            for (int position = 0; position < snapshot.devices(Platform.IOS, batch); position++) {
                copied += snapshot.copyToken(Platform.IOS, batch, position, into);
            }
        }
        return copied;
    }
}
