package io.broadcaster.loadtest.provider.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON web token taken apart, not yet believed. ES256 signatures are taken in the form of RFC 7518 and as DER: APNs takes
 * both, and Pushy writes the second. Longest token read: {@value #LENGTH_MAX} characters.
 */
public final class SignedToken {
    private static final int LENGTH_MAX = 4_096;
    private static final int P256_SIGNATURE_BYTES = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode header;
    private final JsonNode claims;
    private final byte[] signed;
    private final byte[] signature;

    private SignedToken(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /** The token's parts, or empty when it is not of the form header.claims.signature. */
    public static Optional<SignedToken> parse(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (text.length() > LENGTH_MAX || first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        var base64 = Base64.getUrlDecoder();
        try {
            return Optional.of(new SignedToken(
                    JSON.readTree(base64.decode(text.substring(0, first))),
                    JSON.readTree(base64.decode(text.substring(first + 1, second))),
                    text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                    base64.decode(text.substring(second + 1))));
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty(); // no base64 or no JSON: not a token
        }
    }

    /** A text of the header, or "" when it has none. */
    public String header(String name) {
        return header.path(name).asText("");
    }

    /** A text of the claims, or "" when there is none. */
    public String claim(String name) {
        return claims.path(name).asText("");
    }

    /** Seconds since 1970 of a claim, or empty when it is no whole number. */
    public Optional<Long> seconds(String name) {
        JsonNode value = claims.path(name);
        return value.isIntegralNumber() || (value.isNumber() && value.asDouble() == value.asLong())
                ? Optional.of(value.asLong())
                : Optional.empty();
    }

    /** Whether the header says ES256 and this key signed the token. */
    public boolean signedByEs256(PublicKey key) {
        if (!header("alg").equals("ES256")) {
            return false;
        }
        return (signature.length == P256_SIGNATURE_BYTES && verifies("SHA256withECDSAinP1363Format", key))
                || verifies("SHA256withECDSA", key);
    }

    /** Whether the header says RS256 and this key signed the token. */
    public boolean signedByRs256(PublicKey key) {
        return header("alg").equals("RS256") && verifies("SHA256withRSA", key);
    }

    private boolean verifies(String algorithm, PublicKey key) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // bytes that are no signature of this form
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
