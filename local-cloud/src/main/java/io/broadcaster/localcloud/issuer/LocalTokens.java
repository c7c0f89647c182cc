package io.broadcaster.localcloud.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;

/** Signs tokens under one ES256 key that was made for this process. Safe for any thread. */
final class LocalTokens {
    static final Duration LENGTH = Duration.ofHours(1);

    private final LocalUsers users;
    private final Supplier<URI> issuer;
    private final InstantSource clock;
    private final ECKey key = newKey();

    LocalTokens(LocalUsers users, Supplier<URI> issuer, InstantSource clock) {
        this.users = users;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The public half of the key, as JSON. */
    String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String access(String user) {
        return sign(new JOSEObjectType("at+jwt"), claims(user, LocalIssuer.AUDIENCE));
    }

    String identity(String user, String nonce) {
        return sign(JOSEObjectType.JWT, claims(user, LocalIssuer.CLIENT).claim("nonce", nonce));
    }

    private JWTClaimsSet.Builder claims(String user, String audience) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer.get().toString())
                .subject(user)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LENGTH)))
                .claim("roles", users.rolesByName().getOrDefault(user, List.of()));
    }

    private String sign(JOSEObjectType type, JWTClaimsSet.Builder claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(type)
                .keyID(key.getKeyID())
                .build();
        var token = new SignedJWT(header, claims.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the local issuer cannot sign", e);
        }
        return token.serialize();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
