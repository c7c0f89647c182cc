package io.broadcaster.localcloud.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.localcloud.issuer.Codes.Granted;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The provider's five paths. Answers to loopback host names only, so that no web page can rebind its name to it. */
final class IssuerService implements HttpService {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalUsers users;
    private final LocalTokens tokens;
    private final Codes codes;
    private final Supplier<URI> itself;

    IssuerService(LocalUsers users, LocalTokens tokens, Codes codes, Supplier<URI> itself) {
        this.users = users;
        this.tokens = tokens;
        this.codes = codes;
        this.itself = itself;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String own = itself.get().getRawAuthority();
        String asked = String.valueOf(request.authority());
        if (!asked.equals(own) && !asked.equals("localhost:" + itself.get().getPort())) {
            return refuse(HttpStatus.MISDIRECTED_REQUEST, "invalid_request", "this issuer answers to " + own + " only");
        }
        return HttpResponse.of(request.aggregate().thenApply(this::answer));
    }

    private HttpResponse answer(AggregatedHttpRequest request) {
        String path = URI.create(request.path()).getPath();
        try {
            return switch (request.method() + " " + path) {
                case "GET /.well-known/openid-configuration" -> discovery();
                case "GET /keys" -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, tokens.keys());
                case "GET /authorize" -> authorize(query(request));
                case "POST /token" -> token(QueryParams.fromQueryString(request.contentUtf8()));
                default -> refuse(HttpStatus.NOT_FOUND, "invalid_request", "there is nothing here");
            };
        } catch (IllegalArgumentException e) {
            return refuse(HttpStatus.BAD_REQUEST, "invalid_request", String.valueOf(e.getMessage()));
        }
    }

    private HttpResponse discovery() {
        URI issuer = itself.get();
        return json(
                HttpStatus.OK,
                Map.of(
                        "issuer", issuer.toString(),
                        "authorization_endpoint", issuer + "/authorize",
                        "token_endpoint", issuer + "/token",
                        "jwks_uri", issuer + "/keys",
                        "response_types_supported", List.of("code"),
                        "subject_types_supported", List.of("public"),
                        "id_token_signing_alg_values_supported", List.of("ES256"),
                        "code_challenge_methods_supported", List.of("S256"),
                        "grant_types_supported", List.of("authorization_code", LocalIssuer.LOCAL_GRANT)));
    }

    /** Without a user: the page that lists them. With one: back to where the sign-in came from, with a code. */
    private HttpResponse authorize(QueryParams query) {
        SignInRequest request = SignInRequest.of(query);
        String user = query.get("user", "");
        if (user.isEmpty()) {
            return SignInPage.of(users, query);
        }
        if (!users.rolesByName().containsKey(user)) {
            return refuse(HttpStatus.BAD_REQUEST, "invalid_request", "there is no local user '" + user + "'");
        }
        String answer = QueryParams.of("code", codes.grant(user, request), "state", request.state())
                .toQueryString();
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.SEE_OTHER)
                .add(HttpHeaderNames.LOCATION, request.redirectUri() + "?" + answer)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
    }

    private HttpResponse token(QueryParams form) {
        return switch (form.get("grant_type", "")) {
            case "authorization_code" -> byCode(form);
            case LocalIssuer.LOCAL_GRANT -> byName(form.get("user", ""));
            default ->
                refuse(
                        HttpStatus.BAD_REQUEST,
                        "unsupported_grant_type",
                        "must be authorization_code or " + LocalIssuer.LOCAL_GRANT);
        };
    }

    private HttpResponse byCode(QueryParams form) {
        Optional<Granted> granted = codes.redeem(form.get("code", ""))
                .filter(grant -> form.get("client_id", "").equals(LocalIssuer.CLIENT))
                .filter(grant -> form.get("redirect_uri", "").equals(grant.redirectUri()))
                .filter(grant -> challenge(form.get("code_verifier", "")).equals(grant.challenge()));
        return granted.map(grant -> json(
                        HttpStatus.OK,
                        Map.of(
                                "access_token", tokens.access(grant.user()),
                                "id_token", tokens.identity(grant.user(), grant.nonce()),
                                "token_type", "Bearer",
                                "expires_in", LocalTokens.LENGTH.toSeconds())))
                .orElseGet(() -> refuse(
                        HttpStatus.BAD_REQUEST,
                        "invalid_grant",
                        "the code, its verifier, the client or the redirect_uri does not hold"));
    }

    private HttpResponse byName(String user) {
        if (!users.rolesByName().containsKey(user)) {
            return refuse(HttpStatus.BAD_REQUEST, "invalid_grant", "there is no local user '" + user + "'");
        }
        return json(
                HttpStatus.OK,
                Map.of(
                        "access_token", tokens.access(user),
                        "token_type", "Bearer",
                        "expires_in", LocalTokens.LENGTH.toSeconds()));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static QueryParams query(AggregatedHttpRequest request) {
        String query = URI.create(request.path()).getRawQuery();
        return query == null ? QueryParams.of() : QueryParams.fromQueryString(query);
    }

    private static HttpResponse refuse(HttpStatus status, String error, String why) {
        return json(status, Map.of("error", error, "error_description", why));
    }

    private static HttpResponse json(HttpStatus status, Map<String, Object> body) {
        ResponseHeaders headers = ResponseHeaders.builder(status)
                .contentType(MediaType.JSON)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        try {
            return HttpResponse.of(headers, HttpData.wrap(JSON.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
