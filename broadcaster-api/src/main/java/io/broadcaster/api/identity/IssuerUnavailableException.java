package io.broadcaster.api.identity;

/** The issuer does not answer, or answers nonsense, and nothing that it said before helps. */
public final class IssuerUnavailableException extends RuntimeException {
    IssuerUnavailableException(String message) {
        super(message);
    }

    IssuerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
