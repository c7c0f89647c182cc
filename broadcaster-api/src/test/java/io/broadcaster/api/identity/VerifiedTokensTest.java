package io.broadcaster.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** How long a token is taken without being verified again, on a clock that the test moves. */
final class VerifiedTokensTest {
    private final TestClock clock = TestClock.atFixtures();
    private final VerifiedTokens tokens = new VerifiedTokens(clock);

    @Test
    void token_verified_isKnownForAMinute_andNoOtherIs() {
        tokens.put("a.b.c", expiresAfter(Duration.ofHours(1)));

        assertThat(tokens.get("a.b.c")).isPresent();
        assertThat(tokens.get("a.b.d")).isEmpty();
        clock.advance(VerifiedTokens.KEPT);
        assertThat(tokens.get("a.b.c")).isEmpty();
    }

    @Test
    void token_thatExpiresSooner_isKnownUntilThen() {
        tokens.put("a.b.c", expiresAfter(Duration.ofSeconds(5)));

        clock.advance(Duration.ofSeconds(4));
        assertThat(tokens.get("a.b.c")).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.get("a.b.c")).isEmpty();
    }

    private JWTClaimsSet expiresAfter(Duration age) {
        return new JWTClaimsSet.Builder()
                .expirationTime(Date.from(clock.instant().plus(age)))
                .build();
    }
}
