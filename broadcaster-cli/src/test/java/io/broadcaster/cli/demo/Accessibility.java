package io.broadcaster.cli.demo;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core finds on a page as it stands. */
final class Accessibility {
    private static final String AXE = load();

    private static final String RUN = """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
              .filter((violation) => ['serious', 'critical'].includes(violation.impact))
              .map((violation) => violation.id + ': ' + violation.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).join('; '))""";

    private Accessibility() {}

    /** Serious and critical issues, each with where it is. */
    static List<?> seriousIssues(Page page) {
        page.evaluate(AXE);
        return (List<?>) page.evaluate(RUN);
    }

    private static String load() {
        try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("the test's class path lacks axe.min.js");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
