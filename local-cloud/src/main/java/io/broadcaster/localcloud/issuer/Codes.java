package io.broadcaster.localcloud.issuer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Authorization codes: each good once, for a minute. Safe for any thread; the oldest goes when there are {@value #CODES_MAX}. */
final class Codes {
    private static final Duration LENGTH = Duration.ofMinutes(1);
    private static final int CODES_MAX = 1_000;
    private static final int CODE_BYTES = 32;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final LinkedHashMap<String, Granted> granted = new LinkedHashMap<>();

    Codes(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** What a code stands for. */
    record Granted(String user, String redirectUri, String challenge, String nonce, Instant until) {}

    /** A new code for what a sign-in asked. */
    synchronized String grant(String user, SignInRequest request) {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        if (granted.size() >= CODES_MAX) {
            granted.pollFirstEntry();
        }
        granted.put(
                code,
                new Granted(
                        user,
                        request.redirectUri(),
                        request.challenge(),
                        request.nonce(),
                        clock.instant().plus(LENGTH)));
        return code;
    }

    /** Takes the code back, whatever comes of it. */
    synchronized Optional<Granted> redeem(String code) {
        return Optional.ofNullable(granted.remove(code))
                .filter(grant -> clock.instant().isBefore(grant.until()));
    }
}
