package io.broadcaster.aws.provision;

/** A resource could not be made or differs in a way that cannot be changed; the message names it. Safe to run again. */
public final class ProvisionException extends RuntimeException {
    public ProvisionException(String message, Throwable cause) {
        super(message, cause);
    }

    public ProvisionException(String message) {
        super(message);
    }
}
