package io.broadcaster.loader;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.broadcaster.audience.Device;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.snapshot.DetailsReader;
import io.broadcaster.snapshot.LoadedSnapshot;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LoadTest {
    private static final int USERS = 3_000;
    private static final String MANIFEST = SnapshotKeys.manifest(CAMPAIGN, 1);

    private final LoaderRig rig = new LoaderRig();

    static Stream<Arguments> formatsAndCompressions() {
        return Stream.of(Format.values())
                .flatMap(format -> Stream.of(Compression.values()).map(c -> Arguments.of(format, c)));
    }

    @ParameterizedTest
    @MethodSource("formatsAndCompressions")
    void run_formatAndCompression_sealsEveryDeviceOnce(Format format, Compression compression) throws IOException {
        rig.devicesOf(USERS);
        Campaign campaign = rig.campaign(compressed(text(format), compression), format, compression);

        SnapshotSummary snapshot = sealed(rig.load(campaign));

        assertThat(snapshot.counts()).isEqualTo(new LoadCounts(USERS, USERS, 0, 1_000, 2_500, 0));
        assertThat(snapshot.iosDevices()).isEqualTo(1_500);
        assertThat(snapshot.androidDevices()).isEqualTo(1_000);
        assertThat(snapshot.batches()).isGreaterThanOrEqualTo(50);
        try (var loaded = LoadedSnapshot.load(rig.objects, MANIFEST, snapshot.manifestSha256(), 2)) {
            assertThat(tokens(loaded, Platform.IOS))
                    .isEqualTo(expected(Platform.IOS, IntStream.range(0, USERS).filter(n -> n % 2 == 0)));
            assertThat(tokens(loaded, Platform.ANDROID))
                    .isEqualTo(
                            expected(Platform.ANDROID, IntStream.range(0, USERS).filter(n -> n % 3 == 0)));
            assertRowsBelongTogether(loaded);
        }
        assertThat(rig.objects.list(SnapshotKeys.work(CAMPAIGN, 1))).isEmpty();
        assertThat(rig.objects.list(SnapshotKeys.rejects(CAMPAIGN, 1))).isEmpty();
    }

    @Test
    void run_sealedBefore_usesWhatIsThere() {
        rig.devicesOf(USERS);
        Campaign campaign = rig.campaign(LoaderRig.lines(USERS));
        SnapshotSummary first = sealed(rig.load(campaign));
        Map<String, String> files = rig.snapshotFiles();
        rig.devices.put(Map.of(Fixtures.user(1), List.of(Fixtures.device(Platform.IOS, 1, Fixtures.ENGLISH))));

        assertThat(sealed(rig.load(campaign))).isEqualTo(first);
        assertThat(rig.snapshotFiles()).isEqualTo(files);
    }

    @Test
    void run_sameDeviceOfTwoUsersAndUserTwice_isSentOnceToTheLatest() {
        Device older = Fixtures.device(Platform.IOS, 7, Fixtures.ENGLISH);
        Device newer = new Device(
                Platform.IOS,
                older.token(),
                Fixtures.GERMAN,
                older.registeredAt().plus(Duration.ofMinutes(1)));
        rig.devices.put(Map.of(
                Fixtures.user(1), List.of(older),
                Fixtures.user(2), List.of(newer)));

        SnapshotSummary snapshot = sealed(rig.load(rig.campaign("user-2\nuser-1\nuser-1\nuser-3\n")));

        assertThat(snapshot.counts()).isEqualTo(new LoadCounts(4, 4, 0, 1, 3, 2));
        try (var loaded = LoadedSnapshot.load(rig.objects, MANIFEST, snapshot.manifestSha256(), 1)) {
            var row = DetailsReader.open(rig.objects, loaded.manifest(), Platform.IOS)
                    .batch(0)
                    .getFirst();
            assertThat(row.user()).isEqualTo(Fixtures.user(2));
            assertThat(row.locale()).isEqualTo(Fixtures.GERMAN);
        }
    }

    @Test
    void run_malformedRows_areCountedSampledAndWrittenOut() {
        rig.devicesOf(10);
        Campaign campaign = rig.campaign("user-0\n\nbad user\r\nuser-2\n" + "x".repeat(200) + "\n" + "\"\n".repeat(30));
        ProgressBoard board = rig.board(campaign);

        SnapshotSummary snapshot = sealed(rig.load(campaign, rig.objects, () -> true, board));

        assertThat(snapshot.counts()).isEqualTo(new LoadCounts(34, 2, 32, 0, 3, 0));
        var sample = rig.progress(board).sample();
        assertThat(sample).hasSize(20);
        assertThat(sample.getFirst().row()).isEqualTo(3);
        assertThat(sample.getFirst().text()).isEqualTo("bad user");
        assertThat(sample.get(1).text()).isEqualTo("x".repeat(80));
        String rejects = new String(rig.objects.content(SnapshotKeys.rejects(CAMPAIGN, 1)), StandardCharsets.UTF_8);
        assertThat(rejects.lines()).hasSize(32);
        assertThat(rejects).startsWith("{\"row\":3,\"rule\":\"must be a user id");
    }

    @Test
    void run_noAudienceRows_fails() {
        assertFails(rig.campaign("\n\n"), "audience must have at least one user id, but was 'empty'");
    }

    @Test
    void run_onlyMalformedRows_failsAndKeepsTheRejects() {
        assertFails(rig.campaign("a b\nc d\n"), "must have at least one well-formed row");
        assertThat(rig.objects.list(SnapshotKeys.prefix(CAMPAIGN, 1)))
                .containsExactly(SnapshotKeys.rejects(CAMPAIGN, 1));
    }

    @Test
    void run_noUserHasADevice_fails() {
        assertFails(rig.campaign("nobody\n"), "no user has one, but was '1 users'");
    }

    @Test
    void run_audienceMissing_fails() {
        assertFails(
                LoaderRig.campaign(new AudienceSource.Stored("gone", Format.LINES, Compression.NONE, 1, "")),
                "audience must be stored, but was 'gone'");
    }

    @Test
    void run_audienceNotAsTheCampaignSays_fails() {
        byte[] lines = "user-0\n".getBytes(StandardCharsets.UTF_8);
        rig.devicesOf(1);
        rig.objects.putIfAbsent("a", lines);

        assertFails(
                LoaderRig.campaign(new AudienceSource.Stored("a", Format.LINES, Compression.NONE, 7, "00")),
                "audience.sha256 must be 00");
        assertFails(
                LoaderRig.campaign(new AudienceSource.Stored("a", Format.LINES, Compression.NONE, 9, "00")),
                "audience.bytes must be 9, but was '7'");
    }

    @Test
    void run_brokenGzip_failsAndLeavesNothing() throws IOException {
        rig.devicesOf(USERS);
        byte[] whole = compressed(LoaderRig.lines(USERS), Compression.GZIP);
        whole[whole.length / 2] ^= 0x55;

        assertFails(rig.campaign(whole, Format.LINES, Compression.GZIP), "audience must be whole gzip");
        assertThat(rig.objects.list(SnapshotKeys.prefix(CAMPAIGN, 1))).isEmpty();
    }

    @Test
    void run_storeFails_surfacesSoThatTheTaskIsTriedAgain() {
        rig.devicesOf(USERS);
        Campaign campaign = rig.campaign(LoaderRig.lines(USERS));
        rig.objects.failCalls(FakeObjectStore.Call.PUT, 1);

        assertThatThrownBy(() -> rig.load(campaign)).isInstanceOf(ObjectStore.ObjectStoreException.class);
        assertThat(sealed(rig.load(campaign)).devices()).isEqualTo(2_500);
    }

    private void assertFails(Campaign campaign, String reason) {
        assertThat(rig.load(campaign))
                .isInstanceOfSatisfying(
                        LoadResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
        assertThat(rig.objects.list(SnapshotKeys.work(CAMPAIGN, 1))).isEmpty();
    }

    private void assertRowsBelongTogether(LoadedSnapshot loaded) {
        for (Platform platform : Platform.values()) {
            var details = DetailsReader.open(rig.objects, loaded.manifest(), platform);
            for (int batch = 0; batch < loaded.batches(platform); batch++) {
                var rows = details.batch(batch);
                var variant = loaded.manifest().variant(platform, loaded.variant(platform, batch));
                for (int position = 0; position < loaded.devices(platform, batch); position++) {
                    var row = rows.get(position);
                    int n = Integer.parseInt(row.user().value().substring("user-".length()));
                    assertThat(loaded.token(platform, batch, position)).isEqualTo(Fixtures.token(platform, n));
                    assertThat(row.locale()).isEqualTo(variant.locale());
                }
            }
        }
    }

    private static Set<String> tokens(LoadedSnapshot loaded, Platform platform) {
        var tokens = new HashSet<String>();
        for (int batch = 0; batch < loaded.batches(platform); batch++) {
            for (int position = 0; position < loaded.devices(platform, batch); position++) {
                assertThat(tokens.add(loaded.token(platform, batch, position).value()))
                        .isTrue();
            }
        }
        return tokens;
    }

    private static Set<String> expected(Platform platform, IntStream users) {
        return users.mapToObj(n -> Fixtures.token(platform, n).value()).collect(Collectors.toSet());
    }

    private static SnapshotSummary sealed(LoadResult result) {
        return switch (result) {
            case LoadResult.Sealed(var snapshot) -> snapshot;
            case LoadResult.Failed(String reason) -> throw new AssertionError(reason);
        };
    }

    private static String text(Format format) {
        return IntStream.range(0, USERS)
                .mapToObj(n -> switch (format) {
                    case LINES -> "user-" + n;
                    case CSV -> (n == 0 ? "name,user_id\n" : "") + "\"Doe, J\",user-" + n;
                    case JSONL -> n % 2 == 0 ? "\"user-" + n + "\"" : "{\"a\":[1],\"user_id\":\"user-" + n + "\"}";
                })
                .collect(Collectors.joining("\n"));
    }

    private static byte[] compressed(String text, Compression compression) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (compression) {
            case NONE -> bytes;
            case ZSTD -> Zstd.compress(bytes);
            case GZIP -> {
                var out = new ByteArrayOutputStream();
                try (var gzip = new GZIPOutputStream(out)) {
                    gzip.write(bytes);
                }
                yield out.toByteArray();
            }
        };
    }
}
