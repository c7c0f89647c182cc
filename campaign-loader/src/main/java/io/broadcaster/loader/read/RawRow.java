package io.broadcaster.loader.read;

/** One line of the audience, numbered from 1. */
public sealed interface RawRow {
    /** The line's number. */
    long number();

    /** The line's text without its end. */
    record Text(long number, String text) implements RawRow {}

    /** A line that is not taken as text; {@code text} is what can be shown of its start. */
    record Unreadable(long number, String rule, String text) implements RawRow {}
}
