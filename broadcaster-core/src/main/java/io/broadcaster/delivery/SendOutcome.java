package io.broadcaster.delivery;

import java.time.Duration;
import java.time.Instant;

/** How one attempt to reach one device ended, as an adapter reports it. The sender decides what follows. */
public sealed interface SendOutcome {
    /** The one instance of {@link Accepted}, so that the common answer allocates nothing. */
    Accepted ACCEPTED = new Accepted();

    /** 200 of the provider. */
    record Accepted() implements SendOutcome {}

    /** The token is dead: since the provider's timestamp (APNs), or as of the answer (FCM gives none). */
    record Unregistered(Instant since) implements SendOutcome {}

    /** Refused for good; {@code code} is one whose outcome is REJECTED. */
    record Rejected(OutcomeCode code) implements SendOutcome {
        public Rejected {
            if (code.outcome() != Outcome.REJECTED) {
                throw new IllegalArgumentException("code must be a rejection, but was " + code);
            }
        }
    }

    /** 429: certainly not processed; try again no sooner than after {@code pause}. */
    record Throttled(Duration pause) implements SendOutcome {}

    /** Certainly not processed: may be sent again at once or elsewhere. */
    record Unprocessed(UnprocessedCause cause) implements SendOutcome {}

    /** It may or may not have been processed: the policy decides. */
    record Ambiguous(AmbiguousCause cause) implements SendOutcome {}

    /** Why a request was certainly not processed. */
    enum UnprocessedCause {
        CONNECT_FAILED,
        STREAM_REFUSED,
        ABOVE_GOAWAY,
        /** 503. */
        UNAVAILABLE,
        /** The provider token had expired; a fresh one is being made. */
        TOKEN_EXPIRED,
        /** The sender took it back before a byte left: aborted, expired, lease lost, closing. */
        WITHDRAWN
    }

    /** Why the fate of a request is not known. */
    enum AmbiguousCause {
        /** The connection or stream ended after the bytes left. */
        RESET,
        TIMED_OUT,
        /** 500 or an answer that cannot be read. */
        SERVER_ERROR
    }
}
