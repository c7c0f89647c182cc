package io.broadcaster.loader.resolve;

import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.loader.check.Row;
import io.broadcaster.loader.check.RowCheck;
import io.broadcaster.loader.read.AudienceLines;
import io.broadcaster.loader.read.RawRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The rows of the audience in chunks for one look-up each. Confined to one thread. */
public final class Chunks implements Iterator<Chunk> {
    private final AudienceLines lines;
    private final RowCheck check;
    private boolean ended;

    public Chunks(AudienceLines lines, RowCheck check) {
        this.lines = lines;
        this.check = check;
    }

    /** Passes over rows that an earlier attempt has done; {@link InvalidInput} when there are not as many. */
    public void skipRows(long rows) {
        for (long i = 0; i < rows; i++) {
            if (nextRow().isEmpty()) {
                throw new InvalidInput("audience", "must still have its " + rows + " rows", i);
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    /** The next chunk; the last may be empty. */
    @Override
    public Chunk next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        var rows = new ArrayList<Row>(DeviceStore.FIND_MAX);
        while (rows.size() < DeviceStore.FIND_MAX && !ended) {
            Optional<Row> row = nextRow();
            row.ifPresent(rows::add);
            ended = row.isEmpty();
        }
        return new Chunk(rows, lines.bytesRead());
    }

    private Optional<Row> nextRow() {
        try {
            Optional<RawRow> raw = lines.next();
            while (raw.isPresent()) {
                Optional<Row> row = check.check(raw.get());
                if (row.isPresent()) {
                    return row;
                }
                raw = lines.next();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new ObjectStore.ObjectStoreException("cannot read the audience", e);
        }
    }
}
