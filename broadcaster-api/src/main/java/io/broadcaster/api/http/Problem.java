package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.broadcaster.api.console.ProblemPage;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Move;
import io.broadcaster.task.Redrive;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An error as the caller sees it: RFC 9457 problem details, {@code application/problem+json}. Immutable. */
record Problem(Kind kind, String detail, Map<String, String> members) {
    private static final String RETRY_AFTER = "retry-after";
    private static final MediaType PROBLEM_JSON = MediaType.parse("application/problem+json");

    Problem {
        members = Map.copyOf(members);
    }

    static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, Map.of());
    }

    static Problem of(InvalidInput invalid) {
        return new Problem(Kind.INVALID_INPUT, String.valueOf(invalid.getMessage()), Map.of("field", invalid.field()));
    }

    static Problem of(ForbiddenException forbidden) {
        return new Problem(
                Kind.FORBIDDEN,
                forbidden.sentence(),
                Map.of("act", forbidden.act().wireName(), "roles", forbidden.holders()));
    }

    static Problem of(Move.Refused refused) {
        var members = new LinkedHashMap<String, String>();
        members.put("move", refused.move());
        members.put("state", refused.state().name());
        members.put("rule", refused.rule());
        return new Problem(Kind.REFUSED, refused.sentence(), members);
    }

    /** The caller may repeat it after so many seconds. */
    static Problem tooMany(String detail, long retryAfterSeconds) {
        return new Problem(Kind.TOO_MANY, detail, Map.of(RETRY_AFTER, Long.toString(retryAfterSeconds)));
    }

    static Problem tooEarly(Instant safeAt) {
        return new Problem(
                Kind.TOO_EARLY,
                "a launch is younger than " + Redrive.SAFE_AFTER.toMinutes() + " minutes: safe from " + safeAt + " on",
                Map.of("safeAt", safeAt.toString()));
    }

    /** As whoever asked reads it: a page in a browser that was led here, problem details everywhere else. */
    HttpResponse responseTo(RequestHeaders asked) {
        return aggregatedFor(asked).toHttpResponse();
    }

    AggregatedHttpResponse aggregatedFor(RequestHeaders asked) {
        return isNavigation(asked) ? page() : aggregated();
    }

    private static boolean isNavigation(RequestHeaders asked) {
        return asked.method() == HttpMethod.GET && asked.get("accept", "").contains("text/html");
    }

    private AggregatedHttpResponse page() {
        String title = kind == Kind.INVALID_TOKEN ? "Not signed in" : kind.title;
        String sentence = kind == Kind.NOT_FOUND || kind == Kind.METHOD_NOT_ALLOWED
                ? "No page has this address. It may be mistyped, or from an older version."
                : Character.toUpperCase(detail.charAt(0)) + detail.substring(1);
        ResponseHeadersBuilder headers = headers().toBuilder();
        SecurityHeaders.addPageTo(headers);
        headers.contentType(MediaType.HTML_UTF_8).set("cache-control", "no-store");
        return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(ProblemPage.of(title, sentence)));
    }

    HttpResponse response() {
        return HttpResponse.of(headers(), HttpData.wrap(body()));
    }

    AggregatedHttpResponse aggregated() {
        return AggregatedHttpResponse.of(headers(), HttpData.wrap(body()));
    }

    private ResponseHeaders headers() {
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(HttpStatus.valueOf(kind.status)).contentType(PROBLEM_JSON);
        SecurityHeaders.addTo(headers);
        switch (kind) {
            case NO_PRINCIPAL -> headers.set("www-authenticate", "Bearer");
            case INVALID_TOKEN -> headers.set("www-authenticate", "Bearer error=\"invalid_token\"");
            default -> {
                // nothing to say about tokens
            }
        }
        if (kind.status == 503) {
            headers.set(RETRY_AFTER, "1");
        }
        String retryAfter = members.get(RETRY_AFTER);
        if (retryAfter != null) {
            headers.set(RETRY_AFTER, retryAfter);
        }
        return headers.build();
    }

    private byte[] body() {
        ObjectNode body = Json.object();
        body.put("type", "urn:broadcaster:problem:" + kind.slug);
        body.put("title", kind.title);
        body.put("status", kind.status);
        body.put("detail", detail);
        for (String member : new String[] {"field", "move", "state", "rule", "act", "roles", "safeAt"}) {
            String value = members.get(member);
            if (value != null) {
                body.put(member, value);
            }
        }
        return Json.write(body);
    }

    /** The closed set of problems: a stable name, a title and a status each. */
    enum Kind {
        INVALID_INPUT(400, "invalid-input", "The request breaks a rule"),
        BAD_REQUEST(400, "bad-request", "The request cannot be read"),
        NO_PRINCIPAL(401, "no-principal", "Who are you?"),
        INVALID_TOKEN(401, "invalid-token", "The token does not hold"),
        FORBIDDEN(403, "forbidden", "Your roles do not allow it"),
        NOT_NAMED(403, "not-named", "Others were named to press"),
        CROSS_SITE(403, "cross-site", "The request comes from another page than ours"),
        UNKNOWN_CAMPAIGN(404, "unknown-campaign", "There is no such campaign"),
        NOT_FOUND(404, "not-found", "There is nothing here"),
        METHOD_NOT_ALLOWED(405, "method-not-allowed", "The path does not take this method"),
        REFUSED(409, "refused", "The campaign's state forbids it"),
        NOT_READY(409, "fleet-not-ready", "The fleet is not ready for this snapshot"),
        TAKEN(409, "id-taken", "The id is taken"),
        TOO_EARLY(409, "too-early", "It is too early to put dead letters back"),
        MOVE_RUNS(409, "move-runs", "Dead letters of this queue are being put back already"),
        CONTENDED(409, "contended", "Others keep changing this campaign"),
        STALE(412, "version-conflict", "The campaign has changed since you read it"),
        TOO_LARGE(413, "too-large", "The body is too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body's type is not taken here"),
        MISDIRECTED(421, "misdirected", "This host name is not served"),
        NO_REPORT(422, "no-report", "The file is no report of a load test"),
        NO_IF_MATCH(428, "if-match-required", "Say which version you mean"),
        TOO_MANY(429, "too-many", "Too many requests of this kind"),
        INTERNAL(500, "internal", "A fault of ours"),
        BUSY(503, "busy", "Too much at once"),
        UNAVAILABLE(503, "unavailable", "A store or queue does not answer");

        private final int status;
        private final String slug;
        private final String title;

        Kind(int status, String slug, String title) {
            this.status = status;
            this.slug = slug;
            this.title = title;
        }
    }
}
