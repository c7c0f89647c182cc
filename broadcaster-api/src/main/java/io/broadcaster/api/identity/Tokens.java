package io.broadcaster.api.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.config.AppName;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the issuer's tokens for one audience: signed by a key that the issuer publishes, under an algorithm of the list, not
 * expired and not from the future. Safe for any thread; blocks when keys must be fetched.
 */
final class Tokens {
    /** Signatures by key pairs. Nothing symmetric: a public key must never verify as a secret. Never {@code none}. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** A signed token in its compact form, and nothing that a lenient decoder would take for the same. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,4096}(\\.[A-Za-z0-9_-]{1,8192}){2}");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final VerifiedTokens verified;
    private final AppName app;
    private final String userClaim;
    private final String rolesClaim;

    /** {@code type}: what the header's {@code typ} may be beside {@code JWT} and nothing. */
    Tokens(Issuer issuer, IdentityConfig config, String audience, JOSEObjectType type, InstantSource clock) {
        this.verified = new VerifiedTokens(clock);
        this.app = config.app();
        this.userClaim = config.userClaim();
        this.rolesClaim = config.rolesClaim();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(type, JOSEObjectType.JWT, null));
        processor.setJWSVerifierFactory(new Verifiers());
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, issuer.keys()));
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        Set.of(audience),
                        new JWTClaimsSet.Builder()
                                .issuer(issuer.uri().toString())
                                .build(),
                        Set.of("exp", userClaim),
                        Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew((int) config.clockSkewMax().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** The claims of a token that is known to hold without being verified again. */
    Optional<JWTClaimsSet> known(String token) {
        return verified.get(token);
    }

    /** The claims of a token that holds; empty for any other. IssuerUnavailableException when no key can be had at all. */
    Optional<JWTClaimsSet> claims(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            verified.put(token, claims);
            return Optional.of(claims);
        } catch (RateLimitReachedException e) {
            return Optional.empty(); // its key is unknown, and the keys were asked for a moment ago
        } catch (KeySourceException e) {
            throw new IssuerUnavailableException("the issuer's keys cannot be had", e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** How many tokens are known. */
    int countOfKnown() {
        return verified.count();
    }

    /** Whom a token that holds is about; empty when its name is none that we take. */
    Optional<Caller> caller(JWTClaimsSet claims) {
        if (claims.getClaim(userClaim) instanceof String name && Pressers.isName(name)) {
            Date issued = claims.getIssueTime();
            Instant since = issued == null ? Instant.MAX : issued.toInstant();
            return Optional.of(new Caller(
                    name, roles(claims), since, claims.getExpirationTime().toInstant(), ""));
        }
        return Optional.empty();
    }

    /** Roles that we do not know are somebody else's, those of another app among them. */
    private Set<Role> roles(JWTClaimsSet claims) {
        var roles = EnumSet.noneOf(Role.class);
        named(claim(claims.getClaims()))
                .map(app::unqualified)
                .flatMap(name -> Role.of(name).stream())
                .forEach(roles::add);
        return roles;
    }

    /** The claim by its name, or by a path of names with dots between. */
    private @Nullable Object claim(Map<String, Object> claims) {
        if (claims.containsKey(rolesClaim)) {
            return claims.get(rolesClaim);
        }
        Object found = claims;
        for (String step : rolesClaim.split("\\.", -1)) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return found;
    }

    private static Stream<String> named(@Nullable Object claim) {
        return switch (claim) {
            case null -> Stream.empty();
            case String text -> Arrays.stream(text.split(" ", -1));
            case Collection<?> list -> List.copyOf(list).stream().map(String::valueOf);
            default -> Stream.empty();
        };
    }
}
