package io.broadcaster.cli.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** Addresses that lead to nothing: each is a page that says so and leads back. */
final class Nowhere {
    private static final List<String> ADDRESSES = List.of(
            "/nothing/here",
            "/campaigns/nope/content",
            "/campaigns/nope/prepare",
            "/campaigns/nope/control",
            "/campaigns/nope/report");

    private Nowhere() {}

    /** Each of them shows a headline, a sentence and the way to the campaigns, and nothing of the page that it would have been. */
    static void assertEachLeadsBack(ConsoleStack console, Page page) {
        for (String address : ADDRESSES) {
            page.navigate(address);
            boolean nothing = address.equals(ADDRESSES.getFirst());
            assertThat(page.locator("h1")).hasText(nothing ? "There is nothing here" : "There is no such campaign");
            assertThat(page.locator("main p").first())
                    .hasText(
                            nothing
                                    ? "No page has this address. It may be mistyped, or from an older version."
                                    : "there is no campaign 'nope'");
            assertThat(page.locator("main section, main table, main form")).hasCount(0);
        }
        console.shoot(page, "nowhere");
        page.getByText("To the campaigns").click();
        assertThat(page.locator("h1")).hasText("Campaigns");
    }
}
