package io.broadcaster.cli.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The fleet page with the stack's own figures, and three dead letters that are made up. */
final class FleetPage {
    private static final Pattern CLOCK = Pattern.compile("^[+−]?[0-9]\\.[0-9] s$");

    private static final int SCROLLED = 200;
    private static final int SCREEN_STEP = 30;

    private final Page page;
    private final List<String> redrives = new ArrayList<>();

    FleetPage(Page page) {
        this.page = page;
        page.onRequest(request -> {
            if (request.url().endsWith("/redrive")) {
                redrives.add(request.url());
            }
        });
        page.route((String url) -> url.endsWith("/fleet") && !url.contains("/console/"), route -> {
            String body = route.fetch().text();
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(body.replaceAll("(\"queue\":\"proofs\",[^}]*\"deadLetters\":)0", "$13")));
        });
        page.navigate("/console/fleet");
        assertThat(deadLetters()).containsText("3 dead letters of proofs");
    }

    /** The row that puts them back. */
    Locator deadLetters() {
        return page.locator("[data-queue=proofs]");
    }

    /** Every redrive that the page has asked for. */
    List<String> redrives() {
        return redrives;
    }

    void endSessions(String name) {
        page.locator("#session-name").fill(name);
        page.locator("#end-sessions").click();
    }

    void assertTellsKeysAndClocks() {
        assertThat(page.locator("td:has-text('token')")).hasCount(2);
        assertThat(page.locator("td .figure", new Page.LocatorOptions().setHasText(CLOCK)))
                .hasCount(6);
    }

    /** Nothing is beyond the edge on any screen from a phone to a desk. */
    void assertFits() {
        for (int width = Screen.DESK.width(); width >= Screen.PHONE.width(); width -= SCREEN_STEP) {
            new Screen(width, Screen.DESK.height()).show(page);
            for (String table : List.of("Workers", "Queues")) {
                assertThat((Integer) page.getByLabel(table, new Page.GetByLabelOptions().setExact(true))
                                .evaluate("(region) => region.scrollWidth - region.clientWidth"))
                        .as("%s at %d px", table, width)
                        .isLessThanOrEqualTo(0);
            }
        }
    }

    /** A table that is drawn anew stays where its reader is; {@code meanwhile} must draw it. */
    void assertStaysWhereItsReaderIs(Runnable meanwhile) {
        Screen.PHONE.show(page);
        meanwhile.run();
        page.getByLabel("Workers", new Page.GetByLabelOptions().setExact(true)).focus();
        page.evaluate("scrollTo(0, " + SCROLLED + ")");
        page.waitForResponse("**/fleet", () -> {});
        page.waitForResponse("**/fleet", () -> {});
        assertThat(page.evaluate("[scrollY, document.activeElement.ariaLabel]"))
                .isEqualTo(List.of(SCROLLED, "Workers"));
    }
}
