package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.tls.SignedToken;
import io.netty.util.AsciiString;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Google's token endpoint in small: takes the assertion of one service account and issues bearer tokens for an hour. Safe
 * for any thread. Bound: {@value #ISSUED_MAX} live tokens; past it the expired are dropped, then all.
 */
public final class AccessTokens {
    /** Google's own. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private static final int ISSUED_MAX = 10_000;
    private static final int TOKEN_BYTES = 48;
    private static final String SCHEME = "Bearer ";
    private static final String MESSAGING = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

    /** What Google's own client library addresses every assertion to, wherever it sends it. */
    private static final String GOOGLE = "https://oauth2.googleapis.com/token";

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final List<PublicKey> keys = new CopyOnWriteArrayList<>();
    private final String account;
    private final RandomGenerator random;
    private final ConcurrentHashMap<AsciiString, Long> expiryMillisByHeader = new ConcurrentHashMap<>();

    /** Believes assertions of {@code account} signed by {@code key}. */
    public AccessTokens(PublicKey key, String account, RandomGenerator random) {
        this.account = account;
        this.random = random;
        believe(key);
    }

    /** Believes another key of the account as well. */
    public void believe(PublicKey key) {
        keys.add(key);
    }

    /** How many tokens were issued. */
    public int issued() {
        return expiryMillisByHeader.size();
    }

    /** A fresh token for a valid assertion addressed to {@code audience} or to Google; empty when it breaks a rule. */
    Optional<String> issue(String assertion, String audience, long nowMillis) {
        Optional<SignedToken> token = SignedToken.parse(assertion);
        if (token.isEmpty() || !holds(token.get(), audience, nowMillis / 1_000)) {
            return Optional.empty();
        }
        makeRoom(nowMillis);
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String issued = "ya29." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        expiryMillisByHeader.put(new AsciiString(SCHEME + issued), nowMillis + LIFETIME.toMillis());
        return Optional.of(issued);
    }

    /** Until when the value of {@code authorization} is a token of ours, in milliseconds; 0 when it is none. */
    long expiryMillis(@Nullable HeaderField authorization) {
        return authorization == null
                ? 0
                : expiryMillisByHeader.getOrDefault(new AsciiString(authorization.value(), false), 0L);
    }

    private boolean holds(SignedToken token, String audience, long nowSeconds) {
        Optional<Long> issuedAt = token.seconds("iat");
        Optional<Long> expiry = token.seconds("exp");
        String scope = " " + token.claim("scope") + " ";
        return issuedAt.isPresent()
                && expiry.isPresent()
                && issuedAt.get() <= nowSeconds + CLOCK_SKEW.toSeconds()
                && expiry.get() > nowSeconds
                && expiry.get() - issuedAt.get() <= LIFETIME.toSeconds()
                && token.claim("iss").equals(account)
                && (token.claim("aud").equals(audience) || token.claim("aud").equals(GOOGLE))
                && (scope.contains(" " + MESSAGING + " ") || scope.contains(" " + PLATFORM + " "))
                && keys.stream().anyMatch(token::signedByRs256);
    }

    private void makeRoom(long nowMillis) {
        if (expiryMillisByHeader.size() >= ISSUED_MAX) {
            expiryMillisByHeader.values().removeIf(expiry -> expiry <= nowMillis);
        }
        if (expiryMillisByHeader.size() >= ISSUED_MAX) {
            expiryMillisByHeader.clear();
        }
    }
}
