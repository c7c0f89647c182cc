package io.broadcaster.config;

/** A secret cannot be had or used. The message is a sentence that names the place and holds nothing of the secret. */
public final class SecretException extends Exception {
    public SecretException(String message) {
        super(message);
    }
}
