package io.broadcaster.audience;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The index of a sealed snapshot: what to send ({@code variants}), to how many, and which bytes hold the devices. Frozen at
 * the load; its own SHA-256 is the snapshot's identity.
 */
public record Manifest(
        CampaignId campaign,
        int revision,
        LaunchId launch,
        String contentHash,
        PushKind kind,
        Duration expiry,
        Instant createdAt,
        List<Variant> variants,
        List<Column> columns,
        LoadCounts counts) {
    public Manifest {
        variants = List.copyOf(variants);
        columns = List.copyOf(columns);
    }

    /** The part of the manifest about one platform. */
    public Column column(Platform platform) {
        return columns.stream()
                .filter(c -> c.platform() == platform)
                .findFirst()
                .orElseThrow();
    }

    /** The variant of one platform under its index. */
    public Variant variant(Platform platform, int index) {
        return variants.stream()
                .filter(v -> v.platform() == platform && v.index() == index)
                .findFirst()
                .orElseThrow();
    }

    /**
     * What one group of devices is sent: {@code content} as written, {@code payload} as rendered for the provider (JSON,
     * UTF-8, without any token). {@code index} counts from 0 per platform.
     */
    public record Variant(Platform platform, int index, LocaleTag locale, Content content, String payload) {}

    /** The devices of one platform: 0 or more batches of at most {@code batchSize} devices each. */
    public record Column(
            Platform platform, long devices, int batches, int batchSize, FileRef tokens, FileRef details) {}

    /** An object of the snapshot and the ranges under which it was uploaded, in order and without gaps. */
    public record FileRef(String key, long bytes, List<Part> parts) {
        public FileRef {
            parts = List.copyOf(parts);
        }
    }

    /** One range with its SHA-256 (hex). */
    public record Part(long offset, int length, String sha256) {}
}
