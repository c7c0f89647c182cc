package io.broadcaster.snapshot;

import static io.broadcaster.testkit.Fixtures.CAMPAIGN;
import static io.broadcaster.testkit.Fixtures.ENGLISH;
import static io.broadcaster.testkit.Fixtures.GERMAN;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.snapshot.payload.Variants;
import io.broadcaster.testkit.FakeObjectStore;
import io.broadcaster.testkit.Fixtures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A sealed snapshot in a fake store: device n of a platform is German if n is a multiple of three, else English. */
record WrittenSnapshot(FakeObjectStore objects, Manifest manifest, String sha256) {
    static WrittenSnapshot of(int iosDevices, int androidDevices, int batchSize) {
        var objects = new FakeObjectStore();
        CampaignSpec spec = Fixtures.spec();
        var launch = LaunchId.of(CAMPAIGN, 1);
        var variants = Variants.render(spec, launch);
        Map<Platform, Integer> devices =
                new EnumMap<>(Map.of(Platform.IOS, iosDevices, Platform.ANDROID, androidDevices));
        var columns = new ArrayList<Manifest.Column>();
        devices.forEach((platform, count) -> columns.add(write(objects, variants, platform, count, batchSize)));
        long all = (long) iosDevices + androidDevices;
        var manifest = new Manifest(
                CAMPAIGN,
                1,
                launch,
                ContentHash.of(spec),
                spec.kind(),
                spec.expiry(),
                Fixtures.NOW,
                variants.all(),
                columns,
                new LoadCounts(all, all, 0, 0, all, 0));
        byte[] json = ManifestJson.write(manifest);
        objects.putIfAbsent(SnapshotKeys.manifest(CAMPAIGN, 1), json);
        return new WrittenSnapshot(objects, manifest, ManifestJson.sha256(json));
    }

    LoadedSnapshot load() {
        return LoadedSnapshot.load(objects, SnapshotKeys.manifest(CAMPAIGN, 1), sha256, 4);
    }

    String tokensKey(Platform platform) {
        return SnapshotKeys.tokens(CAMPAIGN, 1, platform);
    }

    /** The device numbers of each batch in the order in which the writer must cut them. */
    static List<List<Integer>> expectedBatches(int devices, int batchSize) {
        var batches = new ArrayList<List<Integer>>();
        List<List<Integer>> open = List.of(new ArrayList<>(), new ArrayList<>());
        for (int n = 0; n < devices; n++) {
            List<Integer> batch = open.get(n % 3 == 0 ? 1 : 0);
            batch.add(n);
            if (batch.size() == batchSize) {
                batches.add(List.copyOf(batch));
                batch.clear();
            }
        }
        open.stream().filter(batch -> !batch.isEmpty()).forEach(batches::add);
        return batches;
    }

    private static Manifest.Column write(
            FakeObjectStore objects, Variants variants, Platform platform, int devices, int batchMax) {
        int batchSize = Math.min(batchMax, platform.batchMax());
        try (var writer = ColumnWriter.open(objects, CAMPAIGN, 1, platform, batchSize)) {
            for (int n = 0; n < devices; n++) {
                var device = Fixtures.device(platform, n, n % 3 == 0 ? GERMAN : ENGLISH);
                writer.append(variants.choose(platform, device.locale()), Fixtures.user(n), device);
            }
            return writer.seal();
        }
    }
}
