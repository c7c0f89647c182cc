package io.broadcaster.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For whom a token of the issuer's is. */
final class SignInTest {
    @Test
    void idToken_forUsAlone_needsNoAuthorizedParty_andNoOtherOne() {
        assertThat(SignIn.isIssuedTo("us", claims(List.of("us"), ""))).isTrue();
        assertThat(SignIn.isIssuedTo("us", claims(List.of("us"), "us"))).isTrue();
        assertThat(SignIn.isIssuedTo("us", claims(List.of("us"), "them"))).isFalse();
    }

    @Test
    void idToken_forSeveralClients_mustBeIssuedToUs() {
        assertThat(SignIn.isIssuedTo("us", claims(List.of("us", "them"), ""))).isFalse();
        assertThat(SignIn.isIssuedTo("us", claims(List.of("us", "them"), "them")))
                .isFalse();
        assertThat(SignIn.isIssuedTo("us", claims(List.of("us", "them"), "us"))).isTrue();
    }

    private static JWTClaimsSet claims(List<String> audience, String party) {
        var claims = new JWTClaimsSet.Builder().audience(audience);
        return party.isEmpty() ? claims.build() : claims.claim("azp", party).build();
    }
}
