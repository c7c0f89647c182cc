package io.broadcaster.snapshot;

/**
 * A file of a snapshot is missing, cut short or not what its manifest says. The message names the file, the part of it and
 * the rule. Nothing of the snapshot may be used, and loading it again cannot help unless the store is repaired.
 */
public final class SnapshotCorruptException extends RuntimeException {
    public SnapshotCorruptException(String file, String part, String rule) {
        super(message(file, part, rule));
    }

    public SnapshotCorruptException(String file, String part, String rule, Throwable cause) {
        super(message(file, part, rule), cause);
    }

    private static String message(String file, String part, String rule) {
        return "snapshot file " + file + ", " + part + ": " + rule;
    }
}
