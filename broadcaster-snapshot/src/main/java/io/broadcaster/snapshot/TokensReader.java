package io.broadcaster.snapshot;

import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.Platform;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the tokens of one platform batch by batch, in the constant memory of two parts: what {@link LoadedSnapshot} is to
 * a sender, this is to a report. Cheap in ascending order of batches. Confined to one thread.
 */
public final class TokensReader {
    private static final int TOKEN = 0;

    private final Manifest.Column column;
    private final PartWindow window;
    private final ArrowIndex index;

    private TokensReader(Manifest.Column column, PartWindow window, ArrowIndex index) {
        this.column = column;
        this.window = window;
        this.index = index;
    }

    /** Opens the tokens of a platform and checks the footer. */
    public static TokensReader open(ObjectStore objects, Manifest manifest, Platform platform) {
        Manifest.Column column = manifest.column(platform);
        PartDownload.requireGapless(column.tokens());
        var window = new PartWindow(objects, column.tokens());
        var index = ArrowIndex.read(window, ArrowSchema.TOKENS);
        if (index.batches() != column.batches()) {
            throw new SnapshotCorruptException(
                    window.name(), "footer", "must have " + column.batches() + " batches, but has " + index.batches());
        }
        return new TokensReader(column, window, index);
    }

    /** The tokens of a batch as stored, in the order of their positions. Keep them out of logs and errors. */
    public List<byte[]> batch(int batch) {
        var head = index.batch(batch);
        int rows = head.rows();
        if (rows > column.batchSize()) {
            throw new SnapshotCorruptException(
                    window.name(), "batch " + batch, "must have at most " + column.batchSize() + " devices");
        }
        int offsetBytes = (rows + 1) * Integer.BYTES;
        ByteBuffer offsets = window.slice(head.valuesAt(TOKEN, offsetBytes), offsetBytes);
        int end = offsets.getInt(rows * Integer.BYTES);
        ByteBuffer data = window.slice(head.dataAt(TOKEN, end), end);
        var tokens = new ArrayList<byte[]>(rows);
        int from = offsets.getInt();
        for (int i = 0; i < rows; i++) {
            int to = offsets.getInt();
            byte[] token = new byte[to - from];
            data.get(from, token);
            tokens.add(token);
            from = to;
        }
        return tokens;
    }
}
