package io.broadcaster.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.api.http.Route;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head");

    /** Not by HTTP/2: the JDK's client misreads a long answer to the very request that asks for the upgrade. */
    private static JsonNode document(RunningApi api) {
        return api.send(api.to("/openapi.json")
                        .version(HttpClient.Version.HTTP_1_1)
                        .GET())
                .json();
    }

    @Test
    void document_andServer_haveTheSameRoutes() {
        try (RunningApi api = RunningApi.start()) {
            var documented = new TreeSet<String>();
            var document = document(api);
            assertThat(document.path("openapi").asText()).startsWith("3.1");
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().fieldNames().forEachRemaining(key -> {
                        if (METHODS.contains(key)) {
                            documented.add(key + " " + path.getKey());
                        }
                    }));
            var served = new TreeSet<String>();
            for (Route route : api.routes()) {
                if (route.isPage()) {
                    continue;
                }
                served.add(route.method().name().toLowerCase(Locale.ROOT) + " " + route.path());
            }
            assertThat(documented).isEqualTo(served);
        }
    }

    @Test
    void document_hasEveryReferenceThatItMakes() {
        try (RunningApi api = RunningApi.start()) {
            var document = document(api);
            assertThat(document.findValuesAsText("$ref"))
                    .isNotEmpty()
                    .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                            .as(ref)
                            .isFalse());
        }
    }
}
