package io.broadcaster.cli.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.broadcaster.cli.demo.ConsoleStack.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What people do on the pages before the press: write, load, prove, approve, arm. */
final class Preparing {
    private static final String TEXT = "The advert is on. Open the app now for the offer.";

    private final ConsoleStack console;

    Preparing(ConsoleStack console) {
        this.console = console;
    }

    void write(Page alice, String id) {
        alice.navigate("/console/new");
        alice.locator("#id").fill(id);
        alice.locator("#campaign-name").fill("Kick-off advert");
        alice.locator("#title-0").fill("Kick-off!");
        alice.locator("#body-0").fill("Hello {{first_name}}, user-4711");
        assertThat(alice.locator(".leaks li")).hasCount(2);
        assertThat(alice.locator("#save")).isDisabled();
        console.shoot(alice, "content-leak");
        alice.locator("#body-0").fill("x".repeat(4_090));
        assertThat(alice.locator(".bytes .over")).hasCount(2);
        assertThat(alice.locator("#save")).isDisabled();
        alice.locator("#body-0").fill("The advert is on. Open the app for the offer.");
        assertThat(alice.locator(".verdict")).hasText("Nothing looks like a leak.");
        assertKeptWhenTheSessionEnds(alice);
        alice.getByText("Add a locale").click();
        alice.locator("#locale-1").fill("de");
        alice.locator("#title-1").fill("Anpfiff!");
        alice.locator("#body-1").fill("Der Spot läuft. Das Angebot wartet in der App.");
        assertThat(alice.locator("#save")).isEnabled();
        console.shoot(alice, "content-new");
        alice.locator("#save").click();
        alice.waitForURL("**/campaigns/" + id + "/prepare");
    }

    /** What is typed stays on the page when the session ends meanwhile, and can be saved once it goes on. */
    private static void assertKeptWhenTheSessionEnds(Page alice) {
        alice.route("**/previews", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
        alice.locator("#body-0").fill(TEXT);
        assertThat(alice.getByText("Your session has ended. What you have typed stays here"))
                .isVisible();
        assertThat(alice.locator("#save")).isDisabled();
        alice.unroute("**/previews");
        assertThat(alice.locator("#save")).isEnabled();
        assertThat(alice.locator(".signed-out")).isHidden();
        assertThat(alice.locator("#body-0")).hasValue(TEXT);
    }

    void load(Page alice) throws IOException {
        assertThat(alice.locator("[data-light=SNAPSHOT] .why")).hasText("No audience has been uploaded.");
        alice.locator("#file").setInputFiles(console.users(Integer.MAX_VALUE));
        assertThat(alice.locator("#audience-said")).containsText("Uploaded.");
        assertThat(alice.locator("[data-light=SNAPSHOT] .why")).hasText("The audience has not been loaded.");
        alice.locator("#load").click();
        assertThat(alice.locator("#audience-said")).containsText("Sealed: 18,000 devices");
        assertThat(alice.getByText("Rejected rows (5 of 5 shown)")).isVisible();
        Download rejects = alice.waitForDownload(() -> alice.locator("#rejects").click());
        org.assertj.core.api.Assertions.assertThat(Files.readAllLines(rejects.path()))
                .hasSize(5);
    }

    /** What is final can be written anew under another id. */
    static void assertCanBeCopied(Page alice) {
        alice.getByText("Copy this campaign").click();
        assertThat(alice.locator("#id")).isEnabled();
        assertThat(alice.locator("#body-0")).hasValue(TEXT);
        assertThat(alice.locator("#save")).isEnabled();
        alice.locator("#save").click();
        assertThat(alice.locator("#id[aria-invalid=true]")).isVisible();
    }

    void proof(Page alice) {
        alice.getByText("Register a test device").click();
        console.audience.testDevices().forEach(device -> {
            String name = "my-" + device.platform().wireName();
            alice.locator("#device-name").fill(name);
            alice.locator("#device-platform").selectOption(device.platform().wireName());
            alice.locator("#device-token").fill(device.token().value());
            alice.getByText("Register", new Page.GetByTextOptions().setExact(true))
                    .click();
            alice.getByText("Send proof to " + name).click();
        });
        assertThat(alice.locator(".answer-accepted")).hasCount(2);
    }

    void approve(String id, Page alice) {
        see(alice);
        assertThat(alice.locator("#approve")).isDisabled();
        assertThat(alice.getByText("You made part of it (alice): somebody else must approve."))
                .isVisible();
        Page bob = console.browser("bob", Look.DESK);
        bob.navigate("/campaigns/" + id + "/prepare");
        assertThat(bob.locator("#approve")).isDisabled();
        see(bob);
        bob.locator("#seen-android-de").uncheck();
        assertThat(bob.locator("#approve")).isDisabled();
        assertThat(bob.getByText("1 variant has not been seen yet.")).isVisible();
        bob.locator("#seen-android-de").check();
        bob.locator("#approve").click();
        assertThat(alice.getByText("Approved by bob.").first()).isVisible();
        bob.context().close();
    }

    private static void see(Page page) {
        for (String variant : List.of("ios-en", "android-en", "ios-de", "android-de")) {
            page.locator("#seen-" + variant).check();
        }
    }

    void arm(Page alice) {
        alice.locator("#typed").fill("17,999");
        assertThat(alice.locator("#arm")).isDisabled();
        alice.locator("#typed").fill("18,000");
        alice.locator("#arm").focus();
        alice.keyboard().press("Enter");
        assertThat(alice.locator(".title-row .state")).hasText("Armed");
        assertThat(alice.locator("#arm")).isDisabled();
        assertThat(alice.locator("#arm")).isFocused();
    }
}
