package io.broadcaster.loader.check;

/** Where a format keeps the user id of a row. */
@FunctionalInterface
interface UserField {
    /** Looks for the user id in a line that is not blank. */
    Answer of(String text, long number);

    /** What the line holds. */
    sealed interface Answer {}

    /** The text in the place of the user id, not checked yet. */
    record Found(String user) implements Answer {}

    /** No user id, and the rule that the line breaks. */
    record Absent(String rule) implements Answer {}

    /** The line is the header. */
    record Header() implements Answer {}
}
