package io.broadcaster.localcloud.issuer;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page on which one says who one is: a link per user, no script, and the words that nobody can overlook. */
final class SignInPage {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Local sign-in</title>
            <style>
            body { font: 18px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; }
            h1 { border: 3px solid; padding: .5rem 1rem; letter-spacing: .03em; }
            li { margin: .5rem 0; } a { font-weight: 600; }
            </style>
            </head>
            <body>
            <main>
            <h1>LOCAL SIGN-IN, NO PASSWORD</h1>
            <p>This page runs on this machine only and believes you. A deployment signs people in elsewhere.</p>
            <ul>
            {users}
            </ul>
            </main>
            </body>
            </html>
            """;

    private SignInPage() {}

    static HttpResponse of(LocalUsers users, QueryParams query) {
        String links = users.rolesByName().entrySet().stream()
                .map(user -> link(user, query))
                .collect(Collectors.joining("\n"));
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.HTML_UTF_8)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .add(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
                .add(
                        HttpHeaderNames.CONTENT_SECURITY_POLICY,
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'")
                .build();
        return HttpResponse.of(headers, HttpData.ofUtf8(PAGE.replace("{users}", links)));
    }

    /** Names are of few letters and the query is encoded: neither can break out of the attribute. */
    private static String link(Map.Entry<String, List<String>> user, QueryParams query) {
        String target = query.toBuilder().set("user", user.getKey()).build().toQueryString();
        return "<li><a id=\"" + user.getKey() + "\" href=\"/authorize?" + target.replace("&", "&amp;") + "\">"
                + user.getKey() + "</a>: " + String.join(", ", user.getValue()) + "</li>";
    }
}
