package io.broadcaster.api.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.broadcaster.api.identity.Act;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The description of this API, OpenAPI 3.1. */
public final class OpenApiRoutes implements RouteSet {
    static final String RESOURCE = "openapi.json";

    private final byte[] document = load();

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/openapi.json", Act.ENTER, _ -> document()).with(Route.Body.PUBLIC));
    }

    private HttpResponse document() {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK).contentType(MediaType.JSON);
        SecurityHeaders.addTo(headers);
        return HttpResponse.of(headers.build(), HttpData.wrap(document));
    }

    private static byte[] load() {
        try (InputStream resource = OpenApiRoutes.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
