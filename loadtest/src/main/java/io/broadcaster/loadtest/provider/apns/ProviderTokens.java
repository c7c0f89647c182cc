package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.tls.SignedToken;
import io.netty.util.AsciiString;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies provider tokens and remembers those that held, so that a signature is checked once per token and not once per
 * request. Safe for any thread. Bound: {@value #REMEMBERED_MAX} tokens; past it all are forgotten and checked anew.
 */
public final class ProviderTokens {
    /** A token serves for one hour (Apple). */
    static final Duration AGE_MAX = Duration.ofHours(1);

    /** How far ahead of ours the signer's clock may be. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int REMEMBERED_MAX = 1_024;
    private static final String SCHEME = "bearer ";

    private final String teamId;
    private final ConcurrentHashMap<String, PublicKey> keys = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<AsciiString, Long> issuedAtByHeader = new ConcurrentHashMap<>();

    /** Believes tokens signed by {@code key} that name this key and team. */
    public ProviderTokens(PublicKey key, String keyId, String teamId) {
        this.teamId = teamId;
        believe(key, keyId);
    }

    /** Believes another key of the team as well. */
    public void believe(PublicKey key, String keyId) {
        keys.put(keyId, key);
    }

    /** How many different tokens bore a signature that held. */
    public int seen() {
        return issuedAtByHeader.size();
    }

    /** Why the value of {@code authorization} does not hold, or empty when it does. */
    Optional<ApnsReason> fault(@Nullable HeaderField authorization, long nowMillis) {
        if (authorization == null) {
            return Optional.of(ApnsReason.MISSING_PROVIDER_TOKEN);
        }
        var header = new AsciiString(authorization.value(), false);
        Long issuedAt = issuedAtByHeader.get(header);
        if (issuedAt != null) {
            return ageFault(issuedAt, nowMillis);
        }
        return verify(header, nowMillis);
    }

    /** From when until when, in milliseconds and both included, a header that held will hold. */
    Validity validity(HeaderField authorization) {
        Long issuedAt = issuedAtByHeader.get(new AsciiString(authorization.value(), false));
        return issuedAt == null
                ? Validity.NEVER
                : new Validity(
                        (issuedAt - CLOCK_SKEW.toSeconds()) * 1_000, (issuedAt + AGE_MAX.toSeconds() + 1) * 1_000 - 1);
    }

    /** A span of time, both ends included. */
    record Validity(long fromMillis, long untilMillis) {
        static final Validity NEVER = new Validity(Long.MAX_VALUE, Long.MIN_VALUE);

        boolean holds(long nowMillis) {
            return fromMillis <= nowMillis && nowMillis <= untilMillis;
        }
    }

    private Optional<ApnsReason> verify(AsciiString header, long nowMillis) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(ApnsReason.MISSING_PROVIDER_TOKEN);
        }
        Optional<SignedToken> token =
                SignedToken.parse(header.toString(SCHEME.length()).strip());
        Optional<Long> issuedAt = token.flatMap(t -> t.seconds("iat"));
        if (issuedAt.isEmpty() || !holds(token.get())) {
            return Optional.of(ApnsReason.INVALID_PROVIDER_TOKEN);
        }
        if (issuedAtByHeader.size() >= REMEMBERED_MAX) {
            issuedAtByHeader.clear();
        }
        issuedAtByHeader.put(header, issuedAt.get());
        return ageFault(issuedAt.get(), nowMillis);
    }

    private boolean holds(SignedToken token) {
        PublicKey key = keys.get(token.header("kid"));
        return key != null && token.claim("iss").equals(teamId) && token.signedByEs256(key);
    }

    private static Optional<ApnsReason> ageFault(long issuedAtSeconds, long nowMillis) {
        long age = nowMillis / 1_000 - issuedAtSeconds;
        if (age > AGE_MAX.toSeconds()) {
            return Optional.of(ApnsReason.EXPIRED_PROVIDER_TOKEN);
        }
        return age < -CLOCK_SKEW.toSeconds() ? Optional.of(ApnsReason.INVALID_PROVIDER_TOKEN) : Optional.empty();
    }
}
