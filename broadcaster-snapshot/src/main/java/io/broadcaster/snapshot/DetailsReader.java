package io.broadcaster.snapshot;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads who stands behind the devices of one platform, batch by batch, in constant memory: the two parts of 8 MiB used last
 * stay on the heap, each checked against its SHA-256. Cheap in ascending order of batches. Confined to one thread.
 */
public final class DetailsReader {
    private static final int USER = 0;
    private static final int LOCALE = 1;
    private static final int REGISTERED_AT = 2;

    private final Manifest.Column column;
    private final PartWindow window;
    private final ArrowIndex index;
    private final Map<String, LocaleTag> locales = new HashMap<>();

    private DetailsReader(Manifest.Column column, PartWindow window, ArrowIndex index) {
        this.column = column;
        this.window = window;
        this.index = index;
    }

    /** Opens the details of a platform and checks the footer. */
    public static DetailsReader open(ObjectStore objects, Manifest manifest, Platform platform) {
        Manifest.Column column = manifest.column(platform);
        PartDownload.requireGapless(column.details());
        var window = new PartWindow(objects, column.details());
        var index = ArrowIndex.read(window, ArrowSchema.DETAILS);
        if (index.batches() != column.batches()) {
            throw new SnapshotCorruptException(
                    window.name(), "footer", "must have " + column.batches() + " batches, but has " + index.batches());
        }
        return new DetailsReader(column, window, index);
    }

    /** The devices behind a batch, in the order of their positions. */
    public List<Row> batch(int batch) {
        var head = index.batch(batch);
        int rows = head.rows();
        if (rows > column.batchSize()) {
            throw new SnapshotCorruptException(
                    window.name(), "batch " + batch, "must have at most " + column.batchSize() + " devices");
        }
        List<String> users = texts(head, USER);
        List<String> tags = texts(head, LOCALE);
        ByteBuffer times = window.slice(head.valuesAt(REGISTERED_AT, (long) rows * Long.BYTES), rows * Long.BYTES);
        var result = new ArrayList<Row>(rows);
        for (int i = 0; i < rows; i++) {
            LocaleTag locale = locales.computeIfAbsent(tags.get(i), LocaleTag::new);
            result.add(new Row(new UserId(users.get(i)), locale, Instant.ofEpochMilli(times.getLong())));
        }
        return result;
    }

    private List<String> texts(ArrowIndex.Batch head, int columnIndex) {
        int rows = head.rows();
        int offsetBytes = (rows + 1) * Integer.BYTES;
        ByteBuffer offsets = window.slice(head.valuesAt(columnIndex, offsetBytes), offsetBytes);
        int end = offsets.getInt(rows * Integer.BYTES);
        ByteBuffer data = window.slice(head.dataAt(columnIndex, end), end);
        var texts = new ArrayList<String>(rows);
        int from = offsets.getInt();
        for (int i = 0; i < rows; i++) {
            int to = offsets.getInt();
            byte[] text = new byte[to - from];
            data.get(from, text);
            texts.add(new String(text, StandardCharsets.UTF_8));
            from = to;
        }
        return texts;
    }

    /** One device of a batch, without its token. */
    public record Row(UserId user, LocaleTag locale, Instant registeredAt) {}
}
