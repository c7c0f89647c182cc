package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.hpack.FieldSink;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request as read from the wire, lent to the endpoint for one call and reused for the next. Fields that repeat are the
 * same objects again; what varies and the body are slices. The body holds the first {@code bodyMax} bytes, its length counts
 * all that came, so that a rule can refuse what is too long. Confined to one connection.
 */
public final class ProviderRequest implements FieldSink {
    private final @Nullable HeaderField[] fields;
    private final @Nullable Slice[] slices;
    private final Slice path = new Slice();
    private int stream;
    private int window;
    private boolean malformed;
    private boolean regularSeen;
    private boolean slicesAreKept;
    private byte[] kept = {};
    private byte[] body = {};
    private int bodyFrom;
    private int bodyLength;
    private byte[] gathered = {};

    /** An empty request with these names. */
    public ProviderRequest(FieldNames names) {
        fields = new HeaderField[names.count()];
        slices = new Slice[names.count()];
        for (int name = 0; name < slices.length; name++) {
            slices[name] = names.varies(name) ? new Slice() : null;
        }
        slices[FieldNames.PATH] = path;
    }

    /** {@code :path}. */
    public Slice path() {
        return path;
    }

    /** {@code :method}. */
    public @Nullable HeaderField method() {
        return fields[FieldNames.METHOD];
    }

    /** The first field of a name that does not vary, or null when it is absent. */
    public @Nullable HeaderField field(int name) {
        return fields[name];
    }

    /** The first value of a name that varies. */
    public Slice slice(int name) {
        Slice slice = slices[name];
        if (slice == null) {
            throw new IllegalArgumentException("name must be one that varies, but was " + name);
        }
        return slice;
    }

    /** The array that holds the body from {@link #bodyFrom()} on. */
    public byte[] body() {
        return body;
    }

    /** Where the body begins. */
    public int bodyFrom() {
        return bodyFrom;
    }

    /** All bytes of the body that came. */
    public int length() {
        return bodyLength;
    }

    @Override
    public void field(HeaderField field) {
        int name = field.name();
        if (!admits(name)) {
            return;
        }
        if (fields[name] == null) {
            fields[name] = field;
        } else if (FieldNames.isPseudo(name)) {
            malformed = true;
        }
    }

    @Override
    public void slice(int name, byte[] bytes, int from, int length) {
        if (!admits(name)) {
            return;
        }
        Slice slice = slice(name);
        if (!slice.isPresent()) {
            slice.set(bytes, from, length);
        } else if (FieldNames.isPseudo(name)) {
            malformed = true;
        }
    }

    @Override
    public void unread(int name) {
        if (name == FieldNames.MALFORMED) {
            malformed = true;
        }
        regularSeen = true;
    }

    /** Whether a field of this name is to be kept; notes pseudo headers after regular ones and names that are none. */
    private boolean admits(int name) {
        if (FieldNames.isPseudo(name)) {
            malformed |= regularSeen;
            return true;
        }
        regularSeen = true;
        malformed |= name == FieldNames.MALFORMED;
        return name >= 0;
    }

    /** Forgets the last request. */
    void begin(int newStream, int newWindow) {
        Arrays.fill(fields, null);
        for (Slice slice : slices) {
            if (slice != null) {
                slice.clear();
            }
        }
        stream = newStream;
        window = newWindow;
        malformed = false;
        regularSeen = false;
        slicesAreKept = false;
        bodyFrom = 0;
        bodyLength = 0;
    }

    int stream() {
        return stream;
    }

    /** Bytes that the client may still send on the stream. */
    int window() {
        return window;
    }

    void window(int bytes) {
        window = bytes;
    }

    /** Whether the fields break HTTP/2 (RFC 9113, 8.2 and 8.3). */
    boolean headIsMalformed() {
        return malformed
                || fields[FieldNames.METHOD] == null
                || fields[FieldNames.SCHEME] == null
                || path.length() == 0;
    }

    /** Whether the body is not as long as {@code content-length} says. */
    boolean lengthIsWrong() {
        HeaderField declared = fields[FieldNames.CONTENT_LENGTH];
        return declared != null && declared.number() != bodyLength;
    }

    /** Takes a whole body that stays the lender's. */
    void lendBody(byte[] bytes, int from, int length) {
        body = bytes;
        bodyFrom = from;
        bodyLength = length;
    }

    /** Takes a part of the body over; what lies beyond {@code bodyMax} is counted only. */
    void addBody(byte[] bytes, int from, int length, int bodyMax) {
        int keptBefore = Math.min(bodyLength, bodyMax);
        int added = Math.min(length, bodyMax - keptBefore);
        if (gathered.length < keptBefore + added) {
            gathered = Arrays.copyOf(gathered, Math.max(2 * gathered.length, keptBefore + added));
        }
        System.arraycopy(bytes, from, gathered, keptBefore, added);
        body = gathered;
        bodyFrom = 0;
        bodyLength += length;
    }

    /** Takes the slices over, because their lender is about to reuse their bytes. */
    void keepSlices() {
        if (slicesAreKept) {
            return;
        }
        slicesAreKept = true;
        int needed = 0;
        for (Slice slice : slices) {
            needed += slice == null ? 0 : slice.length();
        }
        if (kept.length < needed) {
            kept = new byte[needed];
        }
        int at = 0;
        for (Slice slice : slices) {
            if (slice != null && slice.isPresent()) {
                System.arraycopy(slice.bytes(), slice.from(), kept, at, slice.length());
                slice.set(kept, at, slice.length());
                at += slice.length();
            }
        }
    }
}
