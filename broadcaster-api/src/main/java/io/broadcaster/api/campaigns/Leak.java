package io.broadcaster.api.campaigns;

/** Something in a content that no phone should show. {@code field} is its path; {@code text} is what was found. */
public record Leak(String field, Kind kind, String text) {
    /** What it looks like. */
    public enum Kind {
        /** A placeholder that nobody filled in. */
        PLACEHOLDER,
        /** An id of ours. */
        INTERNAL_ID,
        /** A title or body that is missing. */
        EMPTY
    }
}
