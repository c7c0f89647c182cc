package io.broadcaster.sender.provider.http2;

import io.broadcaster.sender.send.BatchTokens;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The request images of one connection: encoded once per form and token length, and again when the connection's table has
 * changed since. Confined to the connection's event loop. Bound: the images of {@link #FORMS_MAX} forms; past it all are
 * made anew.
 */
final class RequestImages {
    /** Forms in use at once: a launch has one per locale. */
    static final int FORMS_MAX = 16;

    private final HpackTable table = new HpackTable();
    private final IdentityHashMap<RequestForm, @Nullable RequestImage[]> byForm = new IdentityHashMap<>();
    private int tableChanges;
    private @Nullable RequestForm lastForm;
    private @Nullable RequestImage[] lastByLength = new @Nullable RequestImage[0];

    /** The peer's table is this large from now on. */
    void resize(long tableBytes) {
        table.resize(tableBytes);
    }

    /** The image to write next: each call must be followed by writing it, since the peer's table follows what was written. */
    RequestImage next(RequestForm form, int tokenLength) {
        if (form == lastForm && tableChanges == table.changes()) {
            RequestImage known = lastByLength[tokenLength];
            if (known != null) {
                return known;
            }
        }
        return encode(form, tokenLength);
    }

    private RequestImage encode(RequestForm form, int tokenLength) {
        if (tableChanges != table.changes() || byForm.size() >= FORMS_MAX) {
            byForm.clear();
            tableChanges = table.changes();
        }
        lastForm = form;
        lastByLength = byForm.computeIfAbsent(form, _ -> new @Nullable RequestImage[BatchTokens.TOKEN_MAX + 1]);
        RequestImage known = lastByLength[tokenLength];
        if (known != null) {
            return known;
        }
        RequestImage image = RequestImage.encode(form, tokenLength, table);
        if (tableChanges == table.changes()) { // else it fills the table, so that it can be written only once
            lastByLength[tokenLength] = image;
        }
        return image;
    }
}
