package io.broadcaster.localcloud.issuer;

import com.linecorp.armeria.common.QueryParams;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/** An authorization request as RFC 6749 and RFC 7636 want it: code flow, S256, back to a page on this machine. */
record SignInRequest(String redirectUri, String state, String challenge, String nonce) {
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9._~-]{1,256}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    SignInRequest {
        require(isOnThisMachine(redirectUri), "redirect_uri must be an http or https address on this machine");
        require(OPAQUE.matcher(state).matches(), "state must be 1 to 256 of A-Z a-z 0-9 . _ ~ -");
        require(CHALLENGE.matcher(challenge).matches(), "code_challenge must be a SHA-256 in base64url");
        require(OPAQUE.matcher(nonce).matches(), "nonce must be 1 to 256 of A-Z a-z 0-9 . _ ~ -");
    }

    static SignInRequest of(QueryParams query) {
        require(query.get("response_type", "").equals("code"), "response_type must be code");
        require(query.get("client_id", "").equals(LocalIssuer.CLIENT), "client_id must be " + LocalIssuer.CLIENT);
        require(query.get("code_challenge_method", "").equals("S256"), "code_challenge_method must be S256");
        return new SignInRequest(
                query.get("redirect_uri", ""),
                query.get("state", ""),
                query.get("code_challenge", ""),
                query.get("nonce", ""));
    }

    private static boolean isOnThisMachine(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && LOOPBACK.contains(uri.getHost())
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
