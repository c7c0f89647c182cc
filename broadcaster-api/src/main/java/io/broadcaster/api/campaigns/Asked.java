package io.broadcaster.api.campaigns;

/** What became of a message that asks a worker for something. */
public sealed interface Asked<T> {
    /** The message is in the queue. */
    record Sent<T>(T subject) implements Asked<T> {}

    /** The queue did not take it; asking again is safe and the way out. */
    record Unsent<T>(String why) implements Asked<T> {}

    /** The campaign could not be changed, or is in a state that forbids it. */
    record Not<T>(Change why) implements Asked<T> {}
}
