package io.broadcaster.loader.store;

import io.broadcaster.audience.BatchSizing;
import io.broadcaster.audience.Device;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.snapshot.ColumnWriter;
import io.broadcaster.snapshot.ManifestJson;
import io.broadcaster.snapshot.payload.Variants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes the snapshot of a complete spool: both platforms' columns, then the manifest, which seals it. A snapshot that is
 * sealed already stays as it is. Confined to one thread.
 */
public final class SnapshotWriter {
    private final ObjectStore objects;
    private final Campaign campaign;
    private final Variants variants;

    /** Renders the payloads; {@link io.broadcaster.campaign.InvalidInput} when a provider would not take one. */
    public SnapshotWriter(ObjectStore objects, Campaign campaign) {
        this.objects = objects;
        this.campaign = campaign;
        this.variants = Variants.render(campaign.spec(), campaign.launchId());
    }

    /** The snapshot of the campaign's revision, if it is sealed. */
    public Optional<SnapshotSummary> sealed() {
        String key = SnapshotKeys.manifest(campaign.id(), campaign.revision());
        if (objects.size(key).isEmpty()) {
            return Optional.empty();
        }
        byte[] json = SnapshotFiles.read(objects, key);
        return Optional.of(summary(key, ManifestJson.read(key, json), ManifestJson.sha256(json)));
    }

    /** Writes columns of at least one device and the manifest; {@code betweenPasses} may throw to stop. */
    public Written write(Spool spool, Instant createdAt, MergeBounds bounds, Runnable betweenPasses) {
        SpoolCounts counts = spool.counts();
        var merge = new SpoolMerge(spool, bounds.passBytes(), bounds.parallelism());
        try (ColumnWriter ios = column(Platform.IOS, counts);
                ColumnWriter android = column(Platform.ANDROID, counts)) {
            merge.run(new SpoolMerge.Sink() {
                @Override
                public void device(UserId user, Device device) {
                    ColumnWriter column = switch (device.platform()) {
                        case IOS -> ios;
                        case ANDROID -> android;
                    };
                    column.append(variants.choose(device.platform(), device.locale()), user, device);
                }

                @Override
                public void passEnded() {
                    betweenPasses.run();
                }
            });
            return new Written(createdAt, List.of(ios.seal(), android.seal()), counts.without(merge.duplicates()));
        }
    }

    /** Puts the manifest, the last of all; if one is there already, that one counts. */
    public SnapshotSummary seal(Written written) {
        var manifest = new Manifest(
                campaign.id(),
                campaign.revision(),
                campaign.launchId(),
                ContentHash.of(campaign.spec()),
                campaign.spec().kind(),
                campaign.spec().expiry(),
                written.createdAt(),
                variants.all(),
                written.columns(),
                written.counts());
        String key = SnapshotKeys.manifest(campaign.id(), campaign.revision());
        byte[] json = ManifestJson.write(manifest);
        return switch (objects.putIfAbsent(key, json)) {
            case STORED -> summary(key, manifest, ManifestJson.sha256(json));
            case ALREADY_THERE -> sealed().orElseThrow();
        };
    }

    private ColumnWriter column(Platform platform, SpoolCounts counts) {
        int batchSize = BatchSizing.devicesPerBatch(platform, counts.iosDevices(), counts.androidDevices());
        return ColumnWriter.open(objects, campaign.id(), campaign.revision(), platform, batchSize);
    }

    private static SnapshotSummary summary(String key, Manifest manifest, String sha256) {
        Manifest.Column ios = manifest.column(Platform.IOS);
        Manifest.Column android = manifest.column(Platform.ANDROID);
        return new SnapshotSummary(
                key,
                sha256,
                manifest.contentHash(),
                ios.devices(),
                ios.batches(),
                android.devices(),
                android.batches(),
                manifest.counts());
    }

    /** How much of the spool is read at a time, in bytes, and with how many reads at once. */
    public record MergeBounds(int passBytes, int parallelism) {}

    /** The columns as written, before the manifest. */
    public record Written(Instant createdAt, List<Manifest.Column> columns, LoadCounts counts) {
        public Written {
            columns = List.copyOf(columns);
        }
    }
}
