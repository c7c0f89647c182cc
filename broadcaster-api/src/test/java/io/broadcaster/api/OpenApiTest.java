package io.broadcaster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.http.Route;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head");

    @Test
    void document_andServer_haveTheSameRoutes() {
        try (RunningApi api = RunningApi.start()) {
            var documented = new TreeSet<String>();
            var document = api.get("/openapi.json").json();
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
            var document = api.get("/openapi.json").json();
            assertThat(document.findValuesAsText("$ref"))
                    .isNotEmpty()
                    .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                            .as(ref)
                            .isFalse());
        }
    }
}
