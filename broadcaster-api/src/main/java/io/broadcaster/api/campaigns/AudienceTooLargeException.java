package io.broadcaster.api.campaigns;

import java.io.IOException;

/** The body of an audience upload is longer than allowed; the upload was aborted. */
public final class AudienceTooLargeException extends IOException {
    private final long bytesMax;

    AudienceTooLargeException(long bytesMax) {
        super("an audience may have at most " + bytesMax + " bytes");
        this.bytesMax = bytesMax;
    }

    /** The bound, in bytes. */
    public long bytesMax() {
        return bytesMax;
    }
}
