package io.broadcaster.loadtest.provider.wire;

/** How a simulated provider treats requests that its rules would accept. */
public sealed interface Behaviour {
    /** By the rules. */
    record Normal() implements Behaviour {}

    /**
     * Answers {@code share} (0 to 1) of the requests with this status, unprocessed: 429, 500 or 503. Which ones follows
     * from {@code seed} and the request's ordinal.
     */
    record Answering(int status, double share, long seed) implements Behaviour {
        public Answering {
            if (share < 0 || share > 1) {
                throw new IllegalArgumentException("share must be from 0 to 1, but was " + share);
            }
            if (status != 429 && status != 500 && status != 503) {
                throw new IllegalArgumentException("status must be 429, 500 or 503, but was " + status);
            }
        }
    }
}
