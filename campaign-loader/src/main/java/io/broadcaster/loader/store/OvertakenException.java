package io.broadcaster.loader.store;

/** Another loader works on the same load: this one must leave it alone. */
public final class OvertakenException extends RuntimeException {
    OvertakenException(String key) {
        super("another loader wrote " + key);
    }
}
