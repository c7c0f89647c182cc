package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.wire.AnswerHead;
import io.broadcaster.loadtest.provider.wire.ProviderAnswer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /token}: the JWT bearer grant of RFC 7523, as Google's clients use it. Safe for any thread. */
public final class TokenExchange {
    /** Where the endpoint lies. */
    public static final String PATH = "/token";

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final AnswerHead ISSUED = AnswerHead.of(200, FcmEndpoint.JSON_HEADERS);
    private static final AnswerHead REFUSED = AnswerHead.of(400, FcmEndpoint.JSON_HEADERS);

    private final AccessTokens tokens;
    private final String audience;

    /** {@code audience} is this endpoint's own URI, as the service-account file names it. */
    public TokenExchange(AccessTokens tokens, String audience) {
        this.tokens = tokens;
        this.audience = audience;
    }

    /** Fills {@code answer} and returns it. */
    ProviderAnswer answer(ProviderRequest request, long nowMillis, ProviderAnswer answer) {
        HeaderField method = request.method();
        if (method == null || !method.text().equals("POST") || request.length() > FcmRules.BODY_BYTES_MAX) {
            return refuse(answer, "invalid_request");
        }
        Optional<Map<String, String>> form =
                form(new String(request.body(), request.bodyFrom(), request.length(), StandardCharsets.UTF_8));
        if (form.isEmpty()) {
            return refuse(answer, "invalid_request");
        }
        if (!GRANT.equals(form.get().get("grant_type"))) {
            return refuse(answer, "unsupported_grant_type");
        }
        return tokens.issue(form.get().getOrDefault("assertion", ""), audience, nowMillis)
                .map(token -> issue(answer, token))
                .orElseGet(() -> refuse(answer, "invalid_grant"));
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

    private static ProviderAnswer issue(ProviderAnswer answer, String token) {
        String body = "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                + AccessTokens.LIFETIME.toSeconds() + "}";
        return answer.set(ISSUED, body.getBytes(StandardCharsets.UTF_8));
    }

    private static ProviderAnswer refuse(ProviderAnswer answer, String code) {
        return answer.set(REFUSED, ("{\"error\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
