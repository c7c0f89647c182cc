package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.broadcaster.api.console.ConsoleFile;
import io.broadcaster.api.console.ConsoleFiles;
import io.broadcaster.api.identity.Act;
import java.util.Arrays;
import java.util.List;

/** The console's files, a route each. A browser keeps them and asks with the ETag whether they still hold. */
public final class ConsoleRoutes implements RouteSet {
    private final List<ConsoleFile> files = ConsoleFiles.all();

    @Override
    public List<Route> routes() {
        return files.stream()
                .map(file -> Route.get(file.path(), Act.ENTER, call -> serve(file, call))
                        .with(Route.Body.PAGE))
                .toList();
    }

    private static HttpResponse serve(ConsoleFile file, Call call) {
        boolean known = call.header("if-none-match")
                .map(header ->
                        Arrays.stream(header.split(",")).map(String::strip).anyMatch(file.etag()::equals))
                .orElse(false);
        ResponseHeadersBuilder headers = ResponseHeaders.builder(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .set("etag", file.etag());
        SecurityHeaders.addPageTo(headers);
        if (known) {
            return HttpResponse.of(headers.build());
        }
        headers.contentType(MediaType.parse(file.mediaType()));
        return HttpResponse.of(headers.build(), HttpData.wrap(file.content()));
    }
}
