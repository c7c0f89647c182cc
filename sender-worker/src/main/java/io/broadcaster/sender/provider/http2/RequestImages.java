package io.broadcaster.sender.provider.http2;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request images of one connection: encoded once per form and token length, and again when the connection's table has
 * changed since. Confined to the connection's event loop. Bound: {@link #KEPT_MAX} images; past it all are made anew.
 */
final class RequestImages {
    /** Forms in use at once times token lengths: a launch has a variant per locale, and tokens of a few lengths. */
    static final int KEPT_MAX = 64;

    private final HpackTable table = new HpackTable();
    private final Map<Key, RequestImage> kept = new HashMap<>();
    private int tableChanges;
    private @Nullable RequestImage last;

    private record Key(RequestForm form, int tokenLength) {}

    /** The peer's table is this large from now on. */
    void resize(long tableBytes) {
        table.resize(tableBytes);
    }

    /** The image to write next: each call must be followed by writing it, since the peer's table follows what was written. */
    RequestImage next(RequestForm form, int tokenLength) {
        RequestImage known = last;
        if (known != null && tableChanges == table.changes() && known.serves(form, tokenLength)) {
            return known;
        }
        return find(form, tokenLength);
    }

    private RequestImage find(RequestForm form, int tokenLength) {
        if (tableChanges != table.changes() || kept.size() >= KEPT_MAX) {
            kept.clear();
            tableChanges = table.changes();
        }
        var key = new Key(form, tokenLength);
        RequestImage known = kept.get(key);
        RequestImage image = known != null ? known : RequestImage.encode(form, tokenLength, table);
        if (tableChanges == table.changes()) {
            kept.put(key, image);
            last = image;
        } else {
            last = null; // it fills the table, so that it can be written only once
        }
        return image;
    }
}
