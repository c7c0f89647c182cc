package io.broadcaster.loadtest.provider.wire;

/**
 * How a simulated provider treats requests that its rules would accept. Which of them a {@code share} (0 to 1) takes follows
 * from {@code seed} and the request's ordinal.
 */
public sealed interface Behaviour {
    /** By the rules. */
    record Normal() implements Behaviour {}

    /** Answers {@code share} of the requests with this status, unprocessed: 429, 500 or 503. */
    record Answering(int status, double share, long seed) implements Behaviour {
        public Answering {
            requireShare(share);
            if (status != 429 && status != 500 && status != 503) {
                throw new IllegalArgumentException("status must be 429, 500 or 503, but was " + status);
            }
        }
    }

    /** Resets the streams of {@code share} of the requests as REFUSED_STREAM: certainly not processed. */
    record Refusing(double share, long seed) implements Behaviour {
        public Refusing {
            requireShare(share);
        }
    }

    /** Never answers {@code share} of the requests, whether or not they are {@code delivered}. */
    record Silent(double share, boolean delivered, long seed) implements Behaviour {
        public Silent {
            requireShare(share);
        }
    }

    /**
     * Ends each connection in order after {@code requests} on it: GOAWAY that names the last stream, nothing of the later
     * ones, the answers that are held, the end.
     */
    record GoingAway(int requests) implements Behaviour {
        public GoingAway {
            if (requests < 1) {
                throw new IllegalArgumentException("requests must be at least 1, but was " + requests);
            }
        }
    }

    private static void requireShare(double share) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("share must be from 0 to 1, but was " + share);
        }
    }
}
