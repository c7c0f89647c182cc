package io.broadcaster.loader.resolve;

import io.broadcaster.loader.check.Row;
import java.util.List;

/** Consecutive rows with at most {@link io.broadcaster.audience.DeviceStore#FIND_MAX} users; {@code bytesRead} is how far the audience was read. */
public record Chunk(List<Row> rows, long bytesRead) {
    public Chunk {
        rows = List.copyOf(rows);
    }
}
