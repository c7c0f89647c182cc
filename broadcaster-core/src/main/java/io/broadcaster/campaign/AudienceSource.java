package io.broadcaster.campaign;

/** The stored list of user ids of a campaign: one immutable object, or nothing yet. */
public sealed interface AudienceSource {
    /** No audience was given. */
    record None() implements AudienceSource {}

    /** The object that holds the list; {@code sha256} (hex) is over its {@code bytes} as stored (compressed). */
    record Stored(String key, Format format, Compression compression, long bytes, String sha256)
            implements AudienceSource {}

    /** One user id per line; CSV with a header that has {@code user_id}; JSON Lines with {@code user_id} or plain strings. */
    enum Format {
        LINES,
        CSV,
        JSONL
    }

    /** How the object is compressed. */
    enum Compression {
        NONE,
        GZIP,
        ZSTD
    }
}
