package io.broadcaster.api.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The issuer over the wire: discovery, keys, tokens for codes. Keys are kept for {@link #KEYS_KEPT}; a token under an unknown
 * key has them fetched again, at most twice per {@link #KEYS_REFRESH_MIN}; they are refreshed in the background before they
 * age, so that no press waits for the issuer; what was good last serves through an outage of
 * {@link #OUTAGE_MAX}. Safe for any thread; blocks for at most {@link #ANSWER_MAX} per call.
 */
final class Issuer implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration DISCOVERY_KEPT = Duration.ofHours(1);
    private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
    private static final Duration KEYS_REFRESH_MIN = Duration.ofSeconds(10);
    private static final Duration OUTAGE_MAX = Duration.ofHours(24);
    private static final int ANSWER_CHARACTERS_MAX = 256 << 10;

    private final URI uri;
    private final boolean local;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final AtomicReference<Optional<Discovered>> discovered = new AtomicReference<>(Optional.empty());
    private final JWKSource<SecurityContext> keys;

    /** {@code local}: a plain-HTTP issuer on this machine is taken. */
    Issuer(URI uri, boolean local, InstantSource clock) {
        this.uri = uri;
        this.local = local;
        this.clock = clock;
        this.keys = JWKSourceBuilder.create(new RemoteKeys())
                .cache(KEYS_KEPT.toMillis(), ANSWER_MAX.multipliedBy(3).toMillis())
                .rateLimited(KEYS_REFRESH_MIN.toMillis())
                .outageTolerant(OUTAGE_MAX.toMillis())
                .build();
    }

    /** Where an issuer does what. */
    record Endpoints(URI authorization, URI token, URI keys) {}

    private record Discovered(Endpoints endpoints, Instant until) {}

    URI uri() {
        return uri;
    }

    JWKSource<SecurityContext> keys() {
        return keys;
    }

    /** What the issuer says about itself; IssuerUnavailableException if it never did. */
    Endpoints endpoints() {
        Optional<Discovered> known = discovered.get();
        if (known.isPresent() && clock.instant().isBefore(known.get().until())) {
            return known.get().endpoints();
        }
        try {
            var fresh = new Discovered(discover(), clock.instant().plus(DISCOVERY_KEPT));
            discovered.set(Optional.of(fresh));
            return fresh.endpoints();
        } catch (IssuerUnavailableException e) {
            return known.orElseThrow(() -> e).endpoints();
        }
    }

    /** Exchanges a code; empty when the issuer refuses it. */
    Optional<String> idToken(String form, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoints().token())
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> answer = send(request.build());
        if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
            return Optional.empty();
        }
        return Optional.of(text(parse(answer), "id_token"));
    }

    private Endpoints discover() {
        String base = uri.toString().replaceFirst("/$", "");
        var document = parse(send(get(URI.create(base + "/.well-known/openid-configuration"))));
        String named = text(document, "issuer");
        if (!named.equals(uri.toString())) {
            throw new IssuerUnavailableException("the issuer at " + uri + " calls itself " + named);
        }
        return new Endpoints(
                trusted(document, "authorization_endpoint"),
                trusted(document, "token_endpoint"),
                trusted(document, "jwks_uri"));
    }

    private URI trusted(Map<String, Object> document, String name) {
        try {
            URI endpoint = URI.create(text(document, name));
            if (IdentityConfig.isTrusted(endpoint, local)) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            throw new IssuerUnavailableException("the issuer's " + name + " is no address", e);
        }
        throw new IssuerUnavailableException("the issuer's " + name + " must be https");
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).GET().build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_CHARACTERS_MAX));
        } catch (IOException e) {
            throw new IssuerUnavailableException("the issuer does not answer at " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IssuerUnavailableException("interrupted while waiting for the issuer", e);
        }
    }

    private static Map<String, Object> parse(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IssuerUnavailableException("the issuer answered " + answer.statusCode() + " at " + answer.uri());
        }
        try {
            return JSONObjectUtils.parse(answer.body());
        } catch (ParseException e) {
            throw new IssuerUnavailableException("the issuer's answer is no JSON object, at " + answer.uri(), e);
        }
    }

    private static String text(Map<String, Object> document, String name) {
        if (document.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IssuerUnavailableException("the issuer's answer lacks " + name);
    }

    /** Ends the thread that refreshes the keys ahead of time as well. */
    @Override
    public void close() {
        try {
            if (keys instanceof Closeable source) {
                source.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the issuer's keys cannot be closed", e);
        } finally {
            http.close();
        }
    }

    /** The keys as they are now; everything that keeps and limits lies around it. */
    private final class RemoteKeys implements JWKSetSource<SecurityContext> {
        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
                throws KeySourceException {
            try {
                HttpResponse<String> answer = send(get(endpoints().keys()));
                if (answer.statusCode() != 200) {
                    throw new JWKSetRetrievalException("the issuer answered " + answer.statusCode(), null);
                }
                return JWKSet.parse(answer.body());
            } catch (IssuerUnavailableException | ParseException e) {
                throw new JWKSetRetrievalException("the issuer's keys cannot be had", e);
            }
        }

        @Override
        public void close() {
            // The client is the issuer's, and closed with it.
        }
    }
}
