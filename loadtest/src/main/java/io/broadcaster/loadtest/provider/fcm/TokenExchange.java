package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.loadtest.provider.wire.ProviderAnswer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.netty.util.AsciiString;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /token}: the JWT bearer grant of RFC 7523, as Google's clients use it. Safe for any thread. */
public final class TokenExchange {
    /** Where the endpoint lies. */
    public static final AsciiString PATH = AsciiString.cached("/token");

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final AccessTokens tokens;
    private final String audience;

    /** {@code audience} is this endpoint's own URI, as the service-account file names it. */
    public TokenExchange(AccessTokens tokens, String audience) {
        this.tokens = tokens;
        this.audience = audience;
    }

    ProviderAnswer answer(ProviderRequest request, long nowMillis) {
        if (!AsciiString.contentEquals("POST", request.method()) || request.length() > request.body().length) {
            return error("invalid_request");
        }
        Optional<Map<String, String>> form =
                form(new String(request.body(), 0, request.length(), StandardCharsets.UTF_8));
        if (form.isEmpty()) {
            return error("invalid_request");
        }
        if (!GRANT.equals(form.get().get("grant_type"))) {
            return error("unsupported_grant_type");
        }
        return tokens.issue(form.get().getOrDefault("assertion", ""), audience, nowMillis)
                .map(TokenExchange::issued)
                .orElseGet(() -> error("invalid_grant"));
    }

    private static Optional<Map<String, String>> form(String text) {
        var fields = new HashMap<String, String>();
        try {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.put(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a broken %-escape: no form
        }
        return Optional.of(fields);
    }

    private static ProviderAnswer issued(String token) {
        return json(
                200,
                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                        + AccessTokens.LIFETIME.toSeconds() + "}");
    }

    private static ProviderAnswer error(String code) {
        return json(400, "{\"error\":\"" + code + "\"}");
    }

    private static ProviderAnswer json(int status, String body) {
        return new ProviderAnswer(status, FcmEndpoint.JSON_HEADERS, body.getBytes(StandardCharsets.UTF_8));
    }
}
