package io.broadcaster.campaign;

/**
 * A store of campaigns, devices, ledger rows or other records failed or refused after the client's own retries. The message
 * names the store and the operation; whether a write had its effect is not known.
 */
public final class StoreException extends RuntimeException {
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }
}
