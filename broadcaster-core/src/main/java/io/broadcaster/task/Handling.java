package io.broadcaster.task;

import java.time.Duration;

/** How the handler of a message ended. */
public sealed interface Handling {
    /** The work is done for good: the message may be deleted. */
    Handling DONE = new Done();

    /** Not done: give the message back at once. */
    Handling RETURN_NOW = new Return(Duration.ZERO);

    /** The work is done for good: the message may be deleted. */
    record Done() implements Handling {}

    /** Not done: the message shall be delivered again no sooner than {@code after} from now; zero means at once. */
    record Return(Duration after) implements Handling {}

    /**
     * Not to be done by this worker, but perhaps by another: as {@link Return}, and until then this one receives nothing. It
     * would else, having nothing to do, take the messages from those that have, and use up their deliveries.
     */
    record Elsewhere(Duration after) implements Handling {}
}
