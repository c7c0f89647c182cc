package io.broadcaster.delivery;

import io.broadcaster.campaign.Platform;
import java.time.Instant;
import java.util.Optional;

/**
 * The key under which a sender speaks to a provider: {@code key} is its public id. {@code phase} is about the newest secret;
 * {@code detail} says in a sentence why that is not in use, and is empty when it is. {@code tokenIssuedAt} is when the token
 * that stands for the key was made, where the sender knows.
 */
public record ProviderKey(Platform platform, String key, Phase phase, String detail, Optional<Instant> tokenIssuedAt) {
    /** What became of the newest secret. In every phase but IN_USE the last good key stays in use. */
    public enum Phase {
        IN_USE,
        /** The place where the secret is kept cannot be read. */
        UNREADABLE,
        /** It is no key. */
        BROKEN,
        /** The provider does not take it, or cannot be reached. */
        REFUSED
    }
}
