package io.broadcaster.snapshot;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Platform;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the tokens and details files of one platform: cuts batches that never mix variants, one record batch each, so that
 * the files' footers are the batch index. Confined to one thread. Heap: two parts of 8 MiB and one open batch per variant,
 * whatever the number of devices. Failures of the store surface as they are; close without {@link #seal} aborts.
 */
public final class ColumnWriter implements AutoCloseable {
    /** Variants are stored as uint16. */
    private static final int VARIANT_MAX = 0xffff;

    private final Platform platform;
    private final int batchSize;
    private final ArrowFileWriter tokens;
    private final ArrowFileWriter details;
    private final Map<Integer, OpenBatch> open = new TreeMap<>();
    private long devices;

    private ColumnWriter(Platform platform, int batchSize, ArrowFileWriter tokens, ArrowFileWriter details) {
        this.platform = platform;
        this.batchSize = batchSize;
        this.tokens = tokens;
        this.details = details;
    }

    /** Opens both uploads of the platform under {@link SnapshotKeys}; {@code batchSize} is from 1 to the platform's limit. */
    public static ColumnWriter open(
            ObjectStore objects, CampaignId campaign, int revision, Platform platform, int batchSize) {
        if (batchSize < 1 || batchSize > platform.batchMax()) {
            throw new IllegalArgumentException(
                    "batchSize must be from 1 to " + platform.batchMax() + ", but was " + batchSize);
        }
        var tokens = new PartUpload(objects, SnapshotKeys.tokens(campaign, revision, platform));
        try {
            var details = new PartUpload(objects, SnapshotKeys.details(campaign, revision, platform));
            return new ColumnWriter(
                    platform,
                    batchSize,
                    new ArrowFileWriter(tokens, ArrowSchema.TOKENS),
                    new ArrowFileWriter(details, ArrowSchema.DETAILS));
        } catch (RuntimeException e) {
            tokens.close();
            throw e;
        }
    }

    /** Appends one device, to be sent the payload variant under this index. */
    public void append(int variant, UserId user, Device device) {
        if (device.platform() != platform) {
            throw new IllegalArgumentException("device must be of " + platform + ", but was of " + device.platform());
        }
        if (variant < 0 || variant > VARIANT_MAX) {
            throw new IllegalArgumentException("variant must be from 0 to " + VARIANT_MAX + ", but was " + variant);
        }
        OpenBatch batch = open.computeIfAbsent(variant, _ -> new OpenBatch(batchSize));
        batch.add(variant, tokenBytes(platform, device.token()), user, device);
        devices++;
        if (batch.rows == batchSize) {
            cut(batch);
        }
    }

    /** Devices appended so far. */
    public long devices() {
        return devices;
    }

    /**
     * Cuts what is open, ends both files and makes them visible, the details first. A file that is there already must hold
     * the same bytes, else {@link SnapshotCorruptException}.
     */
    public Manifest.Column seal() {
        open.values().stream().filter(batch -> batch.rows > 0).forEach(this::cut);
        int batches = tokens.batches();
        var detailsFile = details.seal();
        var tokensFile = tokens.seal();
        return new Manifest.Column(platform, devices, batches, batchSize, tokensFile, detailsFile);
    }

    @Override
    public void close() {
        try {
            tokens.close();
        } finally {
            details.close();
        }
    }

    /** The stored form: the raw bytes of an iOS token's hex, the ASCII of an Android one. */
    static byte[] tokenBytes(Platform platform, DeviceToken token) {
        return switch (platform) {
            case IOS -> HexFormat.of().parseHex(token.value());
            case ANDROID -> token.value().getBytes(StandardCharsets.US_ASCII);
        };
    }

    private void cut(OpenBatch batch) {
        tokens.batch(batch.rows, List.of(batch.tokens, batch.variants));
        details.batch(batch.rows, List.of(batch.users, batch.locales, batch.registeredAt));
        batch.clear();
    }

    /** The rows of one variant that do not fill a batch yet. */
    private static final class OpenBatch {
        private final Cells.Variable tokens;
        private final Cells.Fixed variants;
        private final Cells.Variable users;
        private final Cells.Variable locales;
        private final Cells.Fixed registeredAt;
        private int rows;

        OpenBatch(int batchSize) {
            tokens = new Cells.Variable(batchSize);
            variants = new Cells.Fixed(batchSize, Short.BYTES);
            users = new Cells.Variable(batchSize);
            locales = new Cells.Variable(batchSize);
            registeredAt = new Cells.Fixed(batchSize, Long.BYTES);
        }

        void add(int variant, byte[] token, UserId user, Device device) {
            tokens.add(token);
            variants.addShort(variant);
            users.add(user.value().getBytes(StandardCharsets.UTF_8));
            locales.add(device.locale().value().getBytes(StandardCharsets.US_ASCII));
            registeredAt.addLong(device.registeredAt().toEpochMilli());
            rows++;
        }

        void clear() {
            for (Cells cells : List.of(tokens, variants, users, locales, registeredAt)) {
                cells.clear();
            }
            rows = 0;
        }
    }
}
