package io.broadcaster.cli.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.demo.ConsoleStack.Look;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.LaunchCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The console in a real browser over a whole stack, with pictures in target/screenshots. Skipped where there is no Chromium. */
@Timeout(180)
@TestMethodOrder(OrderAnnotation.class)
class ConsoleIT {
    private static final String READY = "#go[data-state=ready]";

    private static @Nullable ConsoleStack shared;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> chromium = ConsoleStack.chromium();
        assumeTrue(chromium.isPresent(), "no Chromium on this machine: apt-get install chromium");
        shared = new ConsoleStack(chromium.get());
    }

    @AfterAll
    static void stop() throws IOException {
        if (shared != null) {
            shared.close();
        }
    }

    @AfterEach
    void noPageComplained() {
        assertThat(console().complaints).isEmpty();
    }

    /** Comes first: the providers' journals are judged while no other launch is in them. */
    @Test
    @Order(1)
    void wholeWay_throughThePages_endsWithEveryDeviceAccountedFor() throws Exception {
        Page alice = console().browser("alice", Look.DESK);
        var preparing = new Preparing(console());
        preparing.write(alice, "kick-off");
        preparing.load(alice);
        preparing.proof(alice);
        preparing.approve("kick-off", alice);
        preparing.arm(alice);
        shoot(alice, "prepare");
        alice.navigate("/campaigns/kick-off/control");
        assertThat(alice.locator(READY)).isVisible();
        assertThat(alice.locator("#ready")).hasText("2 of 2");
        shoot(alice, "control-ready");
        ControlRoom.assertReadableFromThreeMetres(alice, "#go .word", "#ready", ".light-name", ".verdict-word");

        alice.locator("#go").click();

        assertThat(alice.locator("#go")).hasAttribute("data-state", "launched");
        assertThat(alice.locator("#go-said")).containsText("alice pressed first at ");
        ControlRoom.assertUpdatesInASecond(alice, 4);
        alice.waitForFunction("() => Number(document.getElementById('answered').textContent.replace(',', '')) > 8000");
        assertThat(alice.locator("#state")).hasText("Sending");
        shoot(alice, "control-sending");
        assertThat(alice.locator("#state")).hasText("Completed");
        JsonNode status = console().alice.get("/campaigns/kick-off/status");
        assertThat(new LaunchCheck(console().stack, console().audience.testDevices())
                        .of(status, console().audience.devices())
                        .agrees())
                .isTrue();
        shoot(alice, "control-completed");
        ControlRoom.assertReadableFromThreeMetres(alice, "#go .word", "#answered", ".tile .value");
        report(alice, status.at("/progress/devices").asLong());
        for (String page : List.of("/", "/console/fleet", "/campaigns/kick-off/content")) {
            alice.navigate(page);
            assertThat(alice.locator("main").locator("table, form").first()).isVisible();
            shoot(alice, page.equals("/") ? "campaigns" : page.replaceAll(".*/", ""));
        }
        Preparing.assertCanBeCopied(alice);
    }

    private void report(Page alice, long devices) throws IOException {
        alice.locator("#report").click();
        alice.waitForURL("**/report");
        assertThat(alice.locator("#reconciliation .adds-up")).hasCount(3);
        assertThat(alice.locator("#audit")).containsText("pressed GO and launched it");
        assertThat(alice.locator("#audit-head")).containsText("audit verify --expect-head");
        shoot(alice, "report");
        Download download =
                alice.waitForDownload(() -> alice.getByText("Export CSV").click());
        try (InputStream in = download.createReadStream()) {
            String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(csv.lines().count()).isEqualTo(devices + 1);
        }
    }

    @Test
    void square_onePixelOutside_doesNothing_onePixelInside_fires() throws Exception {
        console().armed("pixels", PushKind.ALERT, ConsoleStack.FEW);
        Page mary = console().browser("mary", Look.DESK);
        List<String> presses = ControlRoom.presses(mary);
        mary.navigate("/campaigns/pixels/control");
        assertThat(mary.locator(READY)).isVisible();
        Square square = Square.of(mary);
        mary.mouse().move(5, 5);
        square.assertPainted(mary, 0x0a7d3c);

        square.justOutside().forEach(point -> mary.mouse().click(point.x(), point.y()));
        assertThat(mary.locator(READY)).isVisible();
        assertThat(presses).as("one pixel outside").isEmpty();

        for (Square.Point point : square.justInside()) {
            ControlRoom.press(mary, () -> mary.mouse().click(point.x(), point.y()));
        }
        assertThat(presses).as("one pixel inside").hasSize(8);
    }

    @Test
    void press_ofTwoBrowsersTwiceAndByKey_isOneLaunchToldToBoth() throws Exception {
        console().armed("together", PushKind.ALERT, ConsoleStack.FEW);
        Page mary = console().browser("mary", Look.DESK);
        Page nick = console().browser("nick", Look.NIGHT);
        List<String> presses = ControlRoom.presses(nick);
        for (Page page : List.of(mary, nick)) {
            ControlRoom.watchFeedback(page);
            page.navigate("/campaigns/together/control");
            assertThat(page.locator(READY)).isVisible();
        }
        shoot(nick, "control-night");
        ControlRoom.assertKnowsNothingWithoutAnswer(
                nick, "together", console().alice.get("/campaigns/together/status"));
        nick.evaluate("() => setTimeout(() => document.getElementById('go').click(), 150)");
        mary.locator("#go").dblclick();

        for (Page page : List.of(mary, nick)) {
            assertThat(page.locator("#go")).hasAttribute("data-state", "launched");
            assertThat(page.locator("#go-said")).containsText(" pressed first at ");
        }
        assertThat(ControlRoom.whoWasFirst(mary)).isEqualTo(ControlRoom.whoWasFirst(nick));
        ControlRoom.assertFeedback(mary);

        assertThat(nick.locator("#state")).hasText("Completed");
        int before = presses.size();
        nick.locator("#go").focus();
        ControlRoom.press(nick, () -> nick.keyboard().press("Enter"));
        ControlRoom.press(nick, () -> nick.keyboard().press("Space"));
        ControlRoom.press(nick, () -> {
            nick.keyboard().down("Enter");
            nick.keyboard().down("Enter");
            nick.keyboard().down("Enter");
            nick.keyboard().up("Enter");
        });
        assertThat(presses.size() - before).as("Enter, Space, and Enter held").isEqualTo(3);
        assertThat(ControlRoom.whoWasFirst(nick)).isEqualTo(ControlRoom.whoWasFirst(mary));
    }

    @Test
    void go_whileALightIsRed_isDead() throws Exception {
        console().armed("dead", PushKind.ALERT, ConsoleStack.FEW);
        console().alice.post("/campaigns/dead/disarm");
        Page mary = console().browser("mary", Look.PHONE);
        List<String> presses = ControlRoom.presses(mary);
        mary.navigate("/campaigns/dead/control");
        Locator light = mary.locator("[data-light=WINDOW]");
        assertThat(light.locator(".verdict-word")).hasText("no go");
        assertThat(light.locator(".why")).hasText("The campaign is not armed.");
        assertThat(light.locator(".whose")).hasText("A marketer can fix it.");
        assertThat(mary.locator("#go")).isDisabled();
        Square square = Square.of(mary);

        square.justInside().forEach(point -> mary.mouse().click(point.x(), point.y()));
        mary.locator("#go").evaluate("(go) => { go.focus(); go.click(); }");
        mary.keyboard().press("Enter");

        assertThat(mary.locator("#go")).hasAttribute("data-state", "dead");
        assertThat(presses).isEmpty();
        assertNoSidewaysScroll(mary);
        shoot(mary, "control-phone");
        for (String page : List.of("/", "/campaigns/dead/prepare", "/campaigns/dead/content", "/console/fleet")) {
            mary.navigate(page);
            assertThat(mary.locator("main").locator("table, form").first()).isVisible();
            assertNoSidewaysScroll(mary);
            shoot(mary, "phone" + page.replaceAll(".*/", "-"));
        }
    }

    @Test
    void abort_heldHalfWay_stopsAndSaysHowLongItTook() throws Exception {
        console().armed("abort", PushKind.ALERT, Integer.MAX_VALUE);
        Page mary = console().browser("mary", Look.DESK);
        mary.navigate("/campaigns/abort/control");
        assertThat(mary.locator(READY)).isVisible();
        mary.locator("#go").click();
        assertThat(mary.locator("#abort")).isEnabled();
        mary.locator("#abort").click();
        assertThat(mary.locator("#abort")).hasText("Hold to abort");
        assertThat(console().alice.get("/campaigns/abort/status").path("state").asText())
                .as("a click is no hold")
                .isEqualTo("LAUNCHED");

        mary.locator("#abort").focus();
        mary.keyboard().down("Space");
        assertThat(mary.locator("#state")).hasText("Aborted");
        mary.keyboard().up("Space");

        assertThat(mary.locator("#abort")).isFocused();
        assertThat(mary.locator("#abort-said")).containsText(Pattern.compile("Aborted by mary\\. (The last|Nothing)"));
        JsonNode status = Poll.until(
                Duration.ofMinutes(1),
                () -> console().alice.get("/campaigns/abort/status"),
                s -> s.at("/progress/outstanding").asLong() == 0);
        long devices = status.at("/progress/devices").asLong();
        assertThat(status.at("/progress/total/suppressed").asLong()).isBetween(1L, devices - 1);
        assertThat(status.at("/progress/total/accepted").asLong()).isBetween(1L, devices - 1);
        shoot(mary, "control-aborted");
    }

    @Test
    void rehearsal_besideALiveCampaign_hasOtherWordsAndAnotherColour() throws Exception {
        console().armed("rehearsal", PushKind.SILENT, ConsoleStack.FEW);
        new CampaignScript(console().alice, "real", InstantSource.system()).create(List.of("en"), PushKind.ALERT);
        Page mary = console().browser("mary", Look.DESK);
        var bands = new HashSet<Object>();
        var words = new ArrayList<String>();
        for (String id : List.of("real", "rehearsal")) {
            mary.navigate("/campaigns/" + id + "/control");
            assertThat(mary.locator("#lights li")).hasCount(10);
            words.add(mary.locator("#kind").textContent() + " / "
                    + mary.locator("#go .word").textContent());
            bands.add(mary.evaluate("getComputedStyle(document.querySelector('.kind-band')).background"));
        }
        assertThat(words)
                .containsExactly("LIVE — no audience yet / GO", "REHEARSAL — no phone will light up / REHEARSE");
        assertThat(bands).hasSize(2);
        assertThat(mary.locator(READY)).isVisible();
        assertThat((String) mary.evaluate("getComputedStyle(document.getElementById('go')).backgroundImage"))
                .startsWith("repeating-linear-gradient");
        shoot(mary, "control-rehearsal");
        ControlRoom.assertInViewWithTheLongestName(mary, "rehearsal");
        mary.locator("#go").click();
        assertThat(mary.locator("#go .word")).hasText("REHEARSED");
        assertThat(mary.locator("#state")).hasText("Completed");
    }

    @Test
    void stranger_signsInFirstAndEndsWhereHeWantedTo_untilHeSignsOut() {
        Page stranger = console().strangersBrowser();
        stranger.navigate("/console/fleet");
        assertThat(stranger.getByText("LOCAL SIGN-IN, NO PASSWORD")).isVisible();
        shoot(stranger, "sign-in");
        stranger.locator("#audrey").click();
        assertThat(stranger.locator("#who")).hasText("audrey");
        assertThat(stranger.locator("#roles")).hasText("auditor");
        stranger.waitForURL("**/console/fleet");
        assertThat((String) stranger.evaluate("document.cookie")).isEmpty();
        Nowhere.assertEachLeadsBack(console(), stranger);

        stranger.locator("#sign-out").click();
        assertThat(stranger.getByText("Signed out")).isVisible();
        stranger.navigate("/");
        assertThat(stranger.getByText("LOCAL SIGN-IN, NO PASSWORD")).isVisible();
    }

    @Test
    void apps_ofOneHostName_leadToEachOther_andKeepASessionEach() {
        try (OtherApp sports = OtherApp.beside(console().stack, "sports")) {
            Page page = console().browser("alice", Look.DESK);
            page.navigate(sports.controlRoom("cup-final"));
            page.locator("#mary").click();
            assertThat(page.locator(".kind-band .app")).hasText("sports");
            assertThat(page.locator(".kind-band .app")).hasCSS("font-size", "26px");
            shoot(page, "apps-control");

            page.getByLabel("Other apps").getByText("Broadcaster").click();
            page.waitForURL(console().stack.fleet().api() + "/");
            assertThat(page.locator("#app")).hasText("Broadcaster");
            assertThat(page.locator("#who")).hasText("alice");
            page.goBack();
            assertThat(page.locator("#app")).hasText("sports");
            assertThat(page.locator("#who")).hasText("mary");
            Screen.PHONE.show(page);
            assertNoSidewaysScroll(page);
            shoot(page, "phone-apps");
            page.context().close();
        }
    }

    @Test
    void auditor_mayNotPress_andReadsWhoMay() throws Exception {
        console().armed("looked-at", PushKind.ALERT, ConsoleStack.FEW);
        Page audrey = console().browser("audrey", Look.DESK);
        audrey.navigate("/campaigns/looked-at/control");
        assertThat(audrey.locator("#go-why")).hasText("You cannot press as auditor: marketer can.");
        assertThat(audrey.locator("#go")).isDisabled();
        audrey.navigate("/campaigns/looked-at/prepare");
        assertThat(audrey.locator("[data-act=approve]")).hasText("You cannot approve as auditor: approver can.");
        assertThat(audrey.locator("#disarm")).isDisabled();
        shoot(audrey, "prepare-auditor");
        console().alice.post("/campaigns/looked-at/go");
        audrey.navigate("/campaigns/looked-at/control");
        assertThat(audrey.locator("#go-said")).containsText("alice pressed first at ");
        assertThat(audrey.locator("#go")).hasAttribute("data-state", "launched");
        assertThat(audrey.locator("#go")).isDisabled();
    }

    @Test
    void fleet_withDeadLetters_tellsOfEveryProcessAndPutsThemBack() {
        Page olga = console().browser("olga", Look.DESK);
        var fleet = new FleetPage(olga);
        fleet.assertTellsKeysAndClocks();
        fleet.assertFits();
        fleet.deadLetters().locator("button").click();
        assertThat(olga.locator("#redrive-question")).hasText("Put 3 dead letters of proofs back, 50 a second?");
        shoot(olga, "fleet-redrive");
        olga.getByText("Cancel").click();
        assertThat(fleet.redrives()).isEmpty();
        fleet.assertStaysWhereItsReaderIs(() -> {
            fleet.deadLetters().locator("button").click();
            olga.locator("#redrive-yes").click();
            assertThat(olga.locator("#redrive-said")).hasText("proofs has no dead letters any more.");
        });
        assertThat(fleet.redrives()).hasSize(1);
        fleet.endSessions("gone@agency");
        assertThat(olga.locator("#sessions-said"))
                .hasText("Every session of gone@agency is over; in other processes within five seconds.");
        ControlRoom.assertParts(olga);
        olga.context().close();
    }

    @Test
    void loadTests_twoReports_areDrawnAndComparedSideBySide() {
        Page audrey = console().browser("audrey", Look.NIGHT);
        audrey.navigate("/load-tests");
        assertThat(audrey.locator("#figures th[scope=col]")).hasCount(2);
        audrey.getByLabel("Compare before.json").check();
        audrey.getByLabel("Compare after.json").check();
        assertThat(audrey.locator("#figures th[scope=col]")).hasCount(3);
        assertThat(audrey.locator("#figures tr:has-text('Last answer')"))
                .containsText(Pattern.compile("5\\.60 s.*3\\.90 s|3\\.90 s.*5\\.60 s"));
        assertThat(audrey.locator(".plot canvas")).isVisible();
        shoot(audrey, "load-tests");
        Screen.PHONE.show(audrey);
        assertNoSidewaysScroll(audrey);
        audrey.context().close();
    }

    private static void assertNoSidewaysScroll(Page page) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .isLessThanOrEqualTo(0);
    }

    private static void shoot(Page page, String name) {
        console().shoot(page, name);
    }

    private static ConsoleStack console() {
        if (shared == null) {
            throw new IllegalStateException("the stack is not up");
        }
        return shared;
    }
}
