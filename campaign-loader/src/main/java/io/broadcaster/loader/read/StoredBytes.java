package io.broadcaster.loader.read;

import io.broadcaster.audience.ObjectStore;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of the audience object as stored, counted and hashed on the way. A failure of the store is an
 * {@link ObjectStore.ObjectStoreException}, never an IOException, so that the latter always means a broken file. Confined
 * to one thread.
 */
final class StoredBytes extends InputStream {
    private static final int BUFFER_BYTES = 64 << 10;

    private final AudienceSource.Stored source;
    private final InputStream in;
    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean ended;
    private long fetched;

    StoredBytes(ObjectStore objects, AudienceSource.Stored source) {
        this.source = source;
        try {
            this.in = objects.open(source.key());
        } catch (ObjectStore.MissingObjectException e) {
            throw new InvalidInput("audience", "must be stored", source.key());
        }
    }

    /** Bytes fetched so far. */
    long count() {
        return fetched;
    }

    /** Up to {@code length} of the first bytes, without consuming them; only before the first read. */
    byte[] peek(int length) {
        while (limit < length && fill()) {
            // filled some more
        }
        return Arrays.copyOf(buffer, Math.min(limit, length));
    }

    /** Reads on to the end, then checks length and SHA-256 against what the campaign says. */
    void requireWhole() {
        do {
            position = limit;
        } while (refill());
        if (fetched != source.bytes()) {
            throw new InvalidInput("audience.bytes", "must be " + source.bytes(), fetched);
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (!sha256.equals(source.sha256())) {
            throw new InvalidInput("audience.sha256", "must be " + source.sha256(), sha256);
        }
    }

    @Override
    public int read() {
        return position < limit || refill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !refill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return limit - position;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new ObjectStore.ObjectStoreException("cannot close " + source.key(), e);
        }
    }

    private boolean refill() {
        position = 0;
        limit = 0;
        return fill();
    }

    private boolean fill() {
        if (ended) {
            return false;
        }
        try {
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                ended = true;
                return false;
            }
            digest.update(buffer, limit, count);
            limit += count;
            fetched += count;
            return true;
        } catch (IOException e) {
            throw new ObjectStore.ObjectStoreException(
                    "cannot read " + source.key() + " after " + fetched + " bytes", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
