package io.broadcaster.loadtest.snapshot;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.ContentHash;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.snapshot.LoadedSnapshot;
import io.broadcaster.snapshot.ManifestJson;
import io.broadcaster.snapshot.payload.Variants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A sealed snapshot of a synthetic audience in a temporary folder, for benchmarks. Closing removes the folder. */
public final class LocalSnapshot implements AutoCloseable {
    private static final int LOAD_PARALLELISM = 4;
    private static final Instant CREATED_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Campaign CAMPAIGN = Campaign.draft(new CampaignId("bench"), spec(), "bench", CREATED_AT);

    private final Path folder;
    private final ObjectStore objects;
    private final String manifestSha256;

    private LocalSnapshot(Path folder, ObjectStore objects, String manifestSha256) {
        this.folder = folder;
        this.objects = objects;
        this.manifestSha256 = manifestSha256;
    }

    /** Writes everything that a loader would have written. */
    public static LocalSnapshot write(SyntheticAudience audience) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("broadcaster-snapshot-");
        var objects = new FileObjects(folder);
        SyntheticColumns.Written written = SyntheticColumns.write(objects, CAMPAIGN, audience);
        var manifest = new Manifest(
                CAMPAIGN.id(),
                CAMPAIGN.revision(),
                CAMPAIGN.launchId(),
                ContentHash.of(CAMPAIGN.spec()),
                CAMPAIGN.spec().kind(),
                CAMPAIGN.spec().expiry(),
                CREATED_AT,
                Variants.render(CAMPAIGN.spec(), CAMPAIGN.launchId()).all(),
                written.columns(),
                written.counts());
        byte[] json = ManifestJson.write(manifest);
        objects.putIfAbsent(key(), json);
        return new LocalSnapshot(folder, objects, ManifestJson.sha256(json));
    }

    /** Loads it as a sender does. */
    public LoadedSnapshot load() {
        return LoadedSnapshot.load(objects, key(), manifestSha256, LOAD_PARALLELISM);
    }

    /** Bytes of the tokens files, which is what a sender reads. */
    public long tokenBytes() {
        return Stream.of(Platform.values())
                .mapToLong(platform -> objects.size(SnapshotKeys.tokens(CAMPAIGN.id(), CAMPAIGN.revision(), platform))
                        .orElseThrow())
                .sum();
    }

    private static String key() {
        return SnapshotKeys.manifest(CAMPAIGN.id(), CAMPAIGN.revision());
    }

    private static CampaignSpec spec() {
        List<Content> contents = SyntheticAudience.locales().stream()
                .map(locale ->
                        new Content(locale, Set.of(Platform.values()), "Kick-off!", "The advert is on.", Map.of()))
                .toList();
        LocaleTag first = SyntheticAudience.locales().getFirst();
        return new CampaignSpec(
                "bench", PushKind.ALERT, DeliveryPolicy.AT_LEAST_ONCE, Duration.ofHours(1), first, contents);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(LocalSnapshot::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
