package io.broadcaster.api.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tokens that held a moment ago, by their hash, so that a program which calls often is verified once a minute and not at each
 * call: a signature costs more than all the rest of a request. Bound: {@link #MAX} tokens. Safe for any thread.
 */
final class VerifiedTokens {
    static final int MAX = 10_000;

    /** How long a key may be withdrawn at the issuer before what it signed is refused here, beside the age of the keys. */
    static final Duration KEPT = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Cache<String, Verified> tokens =
            Caffeine.newBuilder().maximumSize(MAX).expireAfterWrite(KEPT).build();

    VerifiedTokens(InstantSource clock) {
        this.clock = clock;
    }

    private record Verified(JWTClaimsSet claims, Instant until) {}

    /** The claims of a token that was put a moment ago and has not expired since. */
    Optional<JWTClaimsSet> get(String token) {
        return Optional.ofNullable(tokens.getIfPresent(hash(token)))
                .filter(verified -> clock.instant().isBefore(verified.until()))
                .map(Verified::claims);
    }

    /** A token that holds. */
    void put(String token, JWTClaimsSet claims) {
        Instant expires = claims.getExpirationTime().toInstant();
        Instant until = clock.instant().plus(KEPT);
        tokens.put(hash(token), new Verified(claims, expires.isBefore(until) ? expires : until));
    }

    /** How many are known now. */
    int count() {
        return (int) tokens.estimatedSize();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
