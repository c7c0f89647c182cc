package io.broadcaster.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.List;

/** What a test asks of a control room: its presses, its feedback, its pace. */
final class ControlRoom {
    /** Notes for each click on the square what it showed in the very next frame, and how long after the event. */
    private static final String WATCH_FEEDBACK = """
            window.feedback = [];
            addEventListener('click', (event) => {
              if (event.target.id === 'go') {
                requestAnimationFrame(() => {
                  window.feedback.push([event.target.dataset.state, performance.now() - event.timeStamp]);
                });
              }
            }, true);""";

    /** Within the busiest of the next three seconds; known as soon as it was busy enough. */
    private static final String UPDATES_IN_A_SECOND = """
            (enough) => new Promise((resolve) => {
              let times = [];
              let most = 0;
              const observer = new MutationObserver(() => {
                const now = performance.now();
                times = [...times.filter((time) => time > now - 1000), now];
                most = Math.max(most, times.length);
                if (most >= enough) {
                  resolve(most);
                }
              });
              observer.observe(document.getElementById('as-of'), {childList: true, characterData: true, subtree: true});
              setTimeout(() => resolve(most), 3000);
            })""";

    /** Four points a second for an hour, with one peak: few enough, in order, the peak still there. */
    private static final String PLOT_OF_AN_HOUR = """
            async () => {
              const { halved, POINTS_MAX } = await import('/console/charts.js');
              let points = [[], []];
              for (let i = 0; i < 14_400; i += 1) {
                points[0].push(i / 4);
                points[1].push(i === 7_777 ? 9_000 : i % 10);
                points = points[0].length > POINTS_MAX ? halved(points) : points;
              }
              const [seconds, rates] = points;
              return [seconds.length <= POINTS_MAX, seconds.every((at, i) => i === 0 || at > seconds[i - 1]), Math.max(...rates)];
            }""";

    /** Contact is lost while a press is under way, and the press is not answered; then the lights turn out to be red. */
    private static final String UNANSWERED = """
            async () => {
              const { GoButton } = await import('/console/go-button.js');
              const square = document.createElement('button');
              square.append(document.createElement('span'), document.createElement('span'));
              const words = { dead: ['GO', ''], ready: ['GO', ''], pressed: ['GO', ''], launched: ['LAUNCHED', ''] };
              let give = () => {};
              const said = new Promise((resolve) => {
                const go = new GoButton(square, words, () => new Promise((_, reject) => { give = () => reject({ status: 0 }); }), { pressed() {}, launched() {}, refused: resolve });
                go.update(true, false);
                square.click();
                go.lost();
                give();
                window.unanswered = go;
              });
              const states = [await said];
              window.unanswered.lost();
              states.push(square.dataset.state, square.ariaDisabled);
              window.unanswered.update(false, false);
              return [...states, square.dataset.state, square.ariaDisabled];
            }""";

    /** p95 of a hundred: few answers yet, enough in time, too late, and nobody any more within the goal. */
    private static final String VERDICTS = """
            async () => {
              const { percentile } = await import('/console/figures.js');
              const p95 = percentile(95);
              return [[0, 0, 100], [900, 94, 3_000], [900, 95, 3_000], [5_001, 99, 5_400], [900, 94, 6_001], [900, 95, 60_000]].map(([millis, told, elapsed]) => {
                p95.update(millis, { told, due: 100, elapsed });
                return p95.element.dataset.goal;
              });
            }""";

    /** A table with a word that no window is wide enough for: how far it reaches beyond its edge, in pixels. */
    private static final String LONG_WORD = """
            async () => {
              const { table } = await import('/console/dom.js');
              const region = table('Long', ['One', 'Two'], [['x'.repeat(3000), 'y']]);
              document.getElementById('main').append(region);
              await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
              const beyond = region.scrollWidth - region.clientWidth;
              region.remove();
              return beyond;
            }""";

    /** Capitals of 8 mm at 24 inches and 1,920 pixels: ten minutes of arc from three metres, twice what an eye needs. */
    private static final double LEGIBLE_PIXELS = 42;

    /** As many characters as the API takes. */
    private static final int NAME_MAX = 200;

    private ControlRoom() {}

    /** Every press that the page sends from now on. */
    static List<String> presses(Page page) {
        var presses = new ArrayList<String>();
        page.onRequest(request -> {
            if (request.method().equals("POST") && request.url().endsWith("/go")) {
                presses.add(request.url());
            }
        });
        return presses;
    }

    /** Does what presses, and waits until the page has read the answer: only then it takes the next press. */
    static void press(Page page, Runnable act) {
        page.waitForResponse("**/go", act);
        PlaywrightAssertions.assertThat(page.locator("#go")).hasAttribute("data-state", "launched");
    }

    /** Notes the feedback of each press on pages that are opened from now on. */
    static void watchFeedback(Page page) {
        page.addInitScript(WATCH_FEEDBACK);
    }

    /** The first press was shown in its own frame, and that within 100 ms. */
    static void assertFeedback(Page page) {
        var feedback = (List<?>) page.evaluate("window.feedback");
        assertThat(feedback).isNotEmpty();
        var shown = (List<?>) feedback.getFirst();
        assertThat(shown.getFirst()).as("in the frame of the press").isIn("pressed", "launched");
        assertThat(((Number) shown.getLast()).doubleValue())
                .as("ms from the press to the frame")
                .isBetween(0.0, 100.0);
    }

    /** A page whose stream breaks off shows no light as it was, takes no press, says so, and comes back by itself. */
    static void assertKnowsNothingWithoutAnswer(Page page, String campaign, JsonNode status) {
        String events = "**/" + campaign + "/events";
        String asked = "**/" + campaign + "/status";
        page.route(
                events,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody("event: status\ndata: " + status + "\n\n")));
        page.route(asked, Route::abort);
        page.navigate("/campaigns/" + campaign + "/control");
        PlaywrightAssertions.assertThat(page.locator("#lights .unknown")).hasCount(10);
        PlaywrightAssertions.assertThat(page.locator(".lost")).hasText("Not up to date: The API does not answer.");
        PlaywrightAssertions.assertThat(page.locator("#go")).isDisabled();
        PlaywrightAssertions.assertThat(page.locator("#ready")).hasText("–");
        page.unroute(events);
        page.unroute(asked);
        PlaywrightAssertions.assertThat(page.locator("#go")).hasAttribute("data-state", "ready");
        PlaywrightAssertions.assertThat(page.locator(".lost")).isHidden();
    }

    /** On a screen on the wall all of it is in view, and capitals of these are 8 mm high or higher. */
    static void assertReadableFromThreeMetres(Page page, String... selectors) {
        Screen.WALL.show(page);
        assertThat((Integer) page.evaluate("document.documentElement.scrollHeight"))
                .isLessThanOrEqualTo(Screen.WALL.height());
        for (String selector : selectors) {
            assertThat((List<?>) page.locator(selector)
                            .evaluateAll("(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"))
                    .as(selector)
                    .isNotEmpty()
                    .allMatch(size -> ((Number) size).doubleValue() >= LEGIBLE_PIXELS);
        }
        Screen.DESK.show(page);
    }

    /** Name, square, lights and what is said about the press are on the screen, however many letters the name has. */
    static void assertInViewWithTheLongestName(Page page, String campaign) {
        String asked = "**/campaigns/" + campaign;
        page.route(asked, route -> {
            String body = route.fetch().text();
            String name = "W".repeat(NAME_MAX);
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(body.replace("\"Kick-off advert\"", "\"" + name + "\"")));
        });
        page.navigate("/campaigns/" + campaign + "/control");
        PlaywrightAssertions.assertThat(page.locator("#go")).hasAttribute("data-state", "ready");
        PlaywrightAssertions.assertThat(page.locator("h1")).containsText("W".repeat(NAME_MAX));
        for (Screen screen : List.of(Screen.DESK, Screen.LAPTOP, Screen.WALL)) {
            screen.show(page);
            assertThat((Integer) page.evaluate("document.documentElement.scrollHeight"))
                    .as("%s", screen)
                    .isLessThanOrEqualTo(screen.height());
        }
        page.unroute(asked);
        Screen.DESK.show(page);
    }

    /**
     * What no campaign brings about at will. A plot of an hour stays small and keeps its peak; a percentile is green only when so
     * many have answered in time; a press that was not answered may be repeated, whatever is known besides, until it is known that it
     * would not be taken; a word wider than the window is broken.
     */
    static void assertParts(Page page) {
        assertThat(page.evaluate(PLOT_OF_AN_HOUR)).isEqualTo(List.of(true, true, 9_000));
        assertThat(page.evaluate(VERDICTS)).isEqualTo(List.of("open", "open", "met", "missed", "missed", "met"));
        assertThat(page.evaluate(LONG_WORD)).isEqualTo(0);
        assertThat(page.evaluate(UNANSWERED))
                .isEqualTo(List.of("No answer yet. Press again: it is safe.", "ready", "false", "dead", "true"));
    }

    /** The figures change so often within a second. */
    static void assertUpdatesInASecond(Page page, int enough) {
        assertThat((Integer) page.evaluate(UPDATES_IN_A_SECOND, enough)).isGreaterThanOrEqualTo(enough);
    }

    /** Who pressed first and when, as the page says it. */
    static String whoWasFirst(Page page) {
        return page.locator("#go-said").textContent().replaceAll("(pressed first at [\\d:.]+)\\..*", "$1");
    }
}
