package io.broadcaster.sender.provider.http2;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.send.BatchRequest;
import java.time.Instant;
import java.util.Optional;

/** What is a provider's own: how its requests look and what its answers mean. Safe for any thread. */
public interface Provider {
    /**
     * The form of the batch's requests under the credentials of this moment; the same object for batches that share it.
     * May block to fetch credentials; {@link CredentialsException} when there are none.
     */
    RequestForm form(BatchRequest batch) throws CredentialsException;

    /** A real request that reaches nobody, to open a connection with. May block as {@link #form} does. */
    RequestForm warmUp() throws CredentialsException;

    /** Why a connection is of no use after this answer to {@link #warmUp}; empty when it is ready. */
    Optional<String> fault(Answer warmUp);

    /** What any answer but a plain 200 means. {@code form} is what the request was made of. Must not block. */
    SendOutcome outcome(RequestForm form, Answer answer, Instant now);

    /** When the token in use was made; empty where there is none yet, or it is not known. */
    default Optional<Instant> tokenIssuedAt() {
        return Optional.empty();
    }

    /** Credentials cannot be had now; the message is a sentence without secrets. */
    final class CredentialsException extends Exception {
        public CredentialsException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
