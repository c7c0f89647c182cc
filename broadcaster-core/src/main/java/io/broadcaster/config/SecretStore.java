package io.broadcaster.config;

/** The one way to secrets that may change while a process runs. Safe for any thread; calls block. */
@FunctionalInterface
public interface SecretStore {
    /** Most bytes of a secret; a key or a service account has a few thousand. */
    int BYTES_MAX = 64 * 1_024;

    /** What is kept there now; the caller wipes it once it has been made into a key. */
    Secret read(SecretPlace place) throws SecretException;
}
