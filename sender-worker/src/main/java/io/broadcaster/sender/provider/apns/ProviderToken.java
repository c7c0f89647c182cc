package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.auth.AuthenticationToken;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The provider token of this sender, signed by Pushy and used until it is {@link #RENEW_AFTER} old, or until APNs calls it
 * expired: then one new one is signed, however many answers say so. Safe for any thread.
 */
final class ProviderToken {
    /** Apple asks for a new token every 20 to 60 minutes. */
    static final Duration RENEW_AFTER = Duration.ofMinutes(50);

    /** A younger one that APNs calls expired is the clock's fault: another would not help, and costs a 429. */
    static final Duration AGE_MIN = Duration.ofMinutes(1);

    private final ApnsSigningKey key;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable AuthenticationToken current;

    ProviderToken(ApnsSigningKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** Signed with a key that only this object has: it costs what Apple's costs, and opens nothing. */
    static ProviderToken ofTheMoment(InstantSource clock) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
            return new ProviderToken(new ApnsSigningKey("rehearsal", "rehearsal", key), clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM makes no key for a provider token", e);
        }
    }

    /** The value of {@code authorization}. */
    String header() {
        AuthenticationToken known = current;
        if (known != null && age(known).compareTo(RENEW_AFTER) < 0) {
            return known.getAuthorizationHeader().toString();
        }
        return renew(known).getAuthorizationHeader().toString();
    }

    /** APNs calls the token of this header expired. */
    void expired(String header) {
        AuthenticationToken known = current;
        if (known != null
                && known.getAuthorizationHeader().contentEquals(header)
                && age(known).compareTo(AGE_MIN) >= 0) {
            renew(known);
        }
    }

    /** When the token in use was signed; empty before the first. */
    Optional<Instant> issuedAt() {
        return Optional.ofNullable(current).map(AuthenticationToken::getIssuedAt);
    }

    private AuthenticationToken renew(@Nullable AuthenticationToken old) {
        lock.lock();
        try {
            AuthenticationToken known = current;
            if (known != null && !known.equals(old)) {
                return known;
            }
            var signed = new AuthenticationToken(key, clock.instant());
            current = signed;
            return signed;
        } finally {
            lock.unlock();
        }
    }

    private Duration age(AuthenticationToken token) {
        Instant issued = token.getIssuedAt();
        return Duration.between(issued, clock.instant());
    }
}
