package io.broadcaster.loader;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static io.broadcaster.testkit.Fixtures.NOW;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.LoadProgress;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.AudienceSource.Compression;
import io.broadcaster.campaign.AudienceSource.Format;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.Settings;
import io.broadcaster.testkit.FakeDeviceStore;
import io.broadcaster.testkit.FakeLoadProgressStore;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A loader over fakes. */
final class LoaderRig {
    final FakeObjectStore objects = new FakeObjectStore();
    final FakeDeviceStore devices = new FakeDeviceStore();
    final FakeLoadProgressStore progress = new FakeLoadProgressStore();
    final TestClock clock = TestClock.atFixtures();
    final Map<String, String> settings = new HashMap<>(
            Map.of("loader.segment-bytes", "4096", "loader.pass-bytes", "65536", "loader.progress-interval", "50ms"));

    /** Stores a plain list of lines. */
    Campaign campaign(String lines) {
        return campaign(lines.getBytes(StandardCharsets.UTF_8), Format.LINES, Compression.NONE);
    }

    /** Stores an audience and makes a campaign that awaits its load. */
    Campaign campaign(byte[] audience, Format format, Compression compression) {
        String key = SnapshotKeys.audience(CAMPAIGN, "upload-1");
        objects.putIfAbsent(key, audience);
        return campaign(new AudienceSource.Stored(key, format, compression, audience.length, sha256(audience)));
    }

    /** A campaign that awaits its load. */
    static Campaign campaign(AudienceSource audience) {
        return new Campaign(
                CAMPAIGN,
                1,
                0,
                Fixtures.spec(),
                audience,
                new Loading(Fixtures.AUTHOR, NOW),
                Authors.of(Fixtures.AUTHOR),
                NOW,
                NOW);
    }

    /** User n has an iOS device when n is even, an Android one when n is a multiple of three, and may have both or none. */
    void devicesOf(int users) {
        var all = new HashMap<UserId, List<Device>>();
        for (int n = 0; n < users; n++) {
            LocaleTag locale = n % 5 == 0 ? Fixtures.GERMAN : Fixtures.ENGLISH;
            Device ios = Fixtures.device(Platform.IOS, n, locale);
            Device android = Fixtures.device(Platform.ANDROID, n, locale);
            if (n % 6 == 0) {
                all.put(Fixtures.user(n), List.of(ios, android));
            } else if (n % 2 == 0) {
                all.put(Fixtures.user(n), List.of(ios));
            } else if (n % 3 == 0) {
                all.put(Fixtures.user(n), List.of(android));
            }
        }
        devices.put(all);
    }

    LoaderConfig config() {
        return LoaderConfig.from(Settings.of(settings));
    }

    LoadResult load(Campaign campaign) {
        return load(campaign, objects, () -> true);
    }

    LoadResult load(Campaign campaign, ObjectStore store, BooleanSupplier held) {
        return load(campaign, store, held, board(campaign));
    }

    LoadResult load(Campaign campaign, ObjectStore store, BooleanSupplier held, ProgressBoard board) {
        var meters = new LoaderMeters(new SimpleMeterRegistry(), config());
        var request = new Load.Request(campaign, (AudienceSource.Stored) campaign.audience(), NOW);
        return new Load(config(), store, devices, meters).run(request, held, board);
    }

    ProgressBoard board(Campaign campaign) {
        return new ProgressBoard(
                progress, campaign.id(), campaign.revision(), (AudienceSource.Stored) campaign.audience(), clock);
    }

    LoadProgress progress(ProgressBoard board) {
        board.put();
        return progress.find(CAMPAIGN, 1).orElseThrow();
    }

    /** Every object under the revision's prefix with the SHA-256 of its bytes. */
    Map<String, String> snapshotFiles() {
        var files = new TreeMap<String, String>();
        for (String key : objects.list(SnapshotKeys.prefix(CAMPAIGN, 1))) {
            files.put(key, sha256(objects.content(key)));
        }
        return files;
    }

    static String lines(int users) {
        var text = new StringBuilder();
        for (int n = 0; n < users; n++) {
            text.append(Fixtures.user(n)).append('\n');
        }
        return text.toString();
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
