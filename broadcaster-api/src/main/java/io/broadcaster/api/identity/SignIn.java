package io.broadcaster.api.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import io.broadcaster.config.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Browser sign-in by authorization code with PKCE. What must be the same on the way back (state, nonce, verifier, where to
 * go) travels in a sealed cookie, good for {@link #WAY_MAX}. Safe for any thread; blocks as the issuer does.
 */
final class SignIn {
    static final Duration WAY_MAX = Duration.ofMinutes(10);

    private static final String PURPOSE = "sign-in/1";
    private static final int RANDOM_BYTES = 32;
    private static final int FIELDS = 5;
    private static final Pattern LOCAL_PATH = Pattern.compile("/(?![/\\\\])[A-Za-z0-9/?=&%._~-]{0,512}");

    private final Issuer issuer;
    private final Tokens idTokens;
    private final IdentityConfig config;
    private final Seal seal;
    private final Randomness from;

    SignIn(Issuer issuer, Tokens idTokens, IdentityConfig config, Seal seal, Randomness from) {
        this.issuer = issuer;
        this.idTokens = idTokens;
        this.config = config;
        this.seal = seal;
        this.from = from;
    }

    /** Where instants and chance come from. */
    record Randomness(InstantSource clock, RandomGenerator random) {}

    private record Way(String state, String nonce, String verifier, String to, Instant until) {}

    /** Starts a sign-in that ends at {@code to}; {@code back} is where the issuer sends the browser. */
    Doors.Begun begin(String to, URI back) {
        var way = new Way(
                random(),
                random(),
                random(),
                localPath(to),
                from.clock().instant().plus(WAY_MAX));
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", config.client().id());
        query.put("redirect_uri", back.toString());
        query.put("scope", "openid profile email");
        query.put("state", way.state());
        query.put("nonce", way.nonce());
        query.put("code_challenge", challenge(way.verifier()));
        query.put("code_challenge_method", "S256");
        String authorization = issuer.endpoints().authorization().toString();
        URI at = URI.create(authorization + (authorization.contains("?") ? "&" : "?") + form(query));
        String sealed = seal.close(
                PURPOSE,
                String.join(
                        "\n",
                        way.state(),
                        way.nonce(),
                        way.verifier(),
                        way.to(),
                        Long.toString(way.until().getEpochSecond())));
        return new Doors.Begun(at, sealed);
    }

    /** Ends it: who has signed in and where to go; empty when state, code, nonce or token does not hold. */
    Optional<Doors.SignedIn> end(String code, String state, String sealed, URI back) {
        Optional<Way> way = seal.open(PURPOSE, sealed)
                .flatMap(SignIn::parse)
                .filter(kept -> from.clock().instant().isBefore(kept.until()))
                .filter(kept -> same(kept.state(), state));
        if (way.isEmpty()) {
            return Optional.empty();
        }
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back.toString());
        form.put("client_id", config.client().id());
        form.put("code_verifier", way.get().verifier());
        return issuer.idToken(form(form), config.client().secret().map(this::basic))
                .flatMap(idTokens::claims)
                .filter(claims -> isIssuedTo(config.client().id(), claims)
                        && hasNonce(claims, way.get().nonce()))
                .flatMap(idTokens::caller)
                .map(caller -> new Doors.SignedIn(caller, way.get().to()));
    }

    /** That a token which is for several of the issuer's clients was issued to us (OpenID Connect Core, 3.1.3.7). */
    static boolean isIssuedTo(String client, JWTClaimsSet claims) {
        Object party = claims.getClaim("azp");
        return party == null ? claims.getAudience().size() == 1 : party.equals(client);
    }

    private static boolean hasNonce(JWTClaimsSet claims, String nonce) {
        return claims.getClaim("nonce") instanceof String said && same(said, nonce);
    }

    /** Only a path of our own: nobody is sent elsewhere after signing in here. */
    private static String localPath(String to) {
        return LOCAL_PATH.matcher(to).matches() ? to : "/";
    }

    private String basic(Secret secret) {
        String pair = encode(config.client().id()) + ":" + encode(secret.reveal());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Way> parse(String text) {
        String[] fields = text.split("\n", -1);
        return fields.length == FIELDS
                ? Optional.of(new Way(
                        fields[0], fields[1], fields[2], fields[3], Instant.ofEpochSecond(Long.parseLong(fields[4]))))
                : Optional.empty();
    }

    private String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        from.random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
