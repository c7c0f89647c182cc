package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.broadcaster.api.campaigns.Expected;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.identity.Caller;
import io.broadcaster.api.identity.Right;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.PushKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request with who makes it, how far his right goes and, unless it is streamed, its body. Used by one thread. */
public record Call(ServiceRequestContext context, HttpRequest request, Admission admission, HttpData body) {
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    /** Somebody whose right to the route's act goes so far. */
    record Admission(Caller caller, Act act, Right right) {}

    Caller caller() {
        return admission.caller();
    }

    /** The caller's name. */
    public String principal() {
        return caller().name();
    }

    /** The caller's right must cover a campaign of this kind. */
    void requireRightTo(PushKind kind) {
        if (admission.right() == Right.SILENT && kind != PushKind.SILENT) {
            throw new ForbiddenException(admission.act(), caller(), Right.YES);
        }
    }

    CampaignId campaign() {
        return new CampaignId(pathParam("id"));
    }

    String pathParam(String name) {
        return Optional.ofNullable(context.pathParam(name))
                .orElseThrow(() -> new IllegalStateException("the route has no " + name));
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    /** The query's {@code limit}: from 1 to {@code most}. */
    int limit(int otherwise, int most) {
        Optional<String> text = query("limit");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int limit = Integer.parseInt(text.get());
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw noLimit(most, text.get());
        }
        throw noLimit(most, text.get());
    }

    private static InvalidInput noLimit(int most, String text) {
        return new InvalidInput("limit", "must be a whole number from 1 to " + most, text);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    JsonFields json() {
        return JsonFields.of(body.array());
    }

    /** The version of {@code If-Match}, or any when there is none. */
    Expected expected() {
        Optional<String> header = header("if-match").map(String::strip);
        if (header.isEmpty() || header.get().equals("*")) {
            return Expected.any();
        }
        Matcher matcher = ETAG.matcher(header.get());
        if (!matcher.matches()) {
            throw new InvalidInput("If-Match", "must be the ETag of a campaign, such as \"7\", or *", header.get());
        }
        return new Expected.Version(Long.parseLong(matcher.group(1)));
    }

    boolean hasIfMatch() {
        return header("if-match").isPresent();
    }

    static HttpResponse json(HttpStatus status, Object value) {
        return json(ResponseHeaders.builder(status), value);
    }

    static HttpResponse json(ResponseHeadersBuilder headers, Object value) {
        headers.contentType(MediaType.JSON);
        SecurityHeaders.addTo(headers);
        return HttpResponse.of(headers.build(), HttpData.wrap(Json.write(value)));
    }

    /** A header of a streamed answer. */
    static ResponseHeaders streamed(MediaType type) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK).contentType(type);
        SecurityHeaders.addTo(headers);
        return headers.build();
    }
}
