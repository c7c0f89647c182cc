package io.broadcaster.sender.provider.rotation;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Secret;
import io.broadcaster.config.SecretException;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.config.SecretStore;
import java.util.List;

/** A key as made from a secret. {@code name} is public (a key id), {@code fingerprint} is the secret's. */
public record ReadKey<K>(K key, String name, String fingerprint) {
    /** Makes a secret into a key, and keeps nothing of its bytes. */
    @FunctionalInterface
    public interface Reader<K> {
        /** {@link SecretException} when it is no such key. */
        ReadKey<K> read(Secret secret) throws SecretException;
    }

    /** Reads the key that a process starts with; {@link ConfigException} when it cannot be used. */
    public static <K> ReadKey<K> first(SecretStore store, SecretPlace place, Reader<K> reader, String setting) {
        try {
            Secret secret = store.read(place);
            try {
                return reader.read(secret);
            } finally {
                secret.wipe();
            }
        } catch (SecretException e) {
            throw new ConfigException(List.of(setting + " cannot be used: " + e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "ReadKey[" + name + "]"; // the key is secret
    }
}
