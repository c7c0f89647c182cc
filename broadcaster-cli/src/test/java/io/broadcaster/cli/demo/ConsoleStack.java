package io.broadcaster.cli.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.FleetSize;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.cli.local.WorkFolder;
import io.broadcaster.config.Settings;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A whole stack in this process that sends slowly enough to watch (about five seconds for everybody), and the system's
 * Chromium. Whatever a page complains about on its console is kept for the test to judge. Used by one thread.
 */
final class ConsoleStack implements AutoCloseable {
    static final DemoSize EVERYBODY = new DemoSize(13_000, 5_000);
    static final int FEW = 40;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** How long an assertion waits for what it asserts: a machine that is slow is no fault. */
    private static final double PATIENCE_MILLIS = 60_000;

    private static final Duration ANSWER_TIME = Duration.ofMillis(150);
    private static final Map<String, String> SLOW = Map.of(
            "apns.connections", "1",
            "apns.outstanding-max", "260",
            "fcm.connections", "1",
            "fcm.streams-per-connection", "100",
            "api.rehearsal-presses", "0",
            "sender.rehearsal-batches", "0",
            "fanout.rehearsal-batches", "0");

    final List<String> complaints = new ArrayList<>();
    final DemoAudience audience = DemoAudience.of(EVERYBODY);
    final LocalStack stack;
    final ApiClient alice;

    private final WorkFolder work;
    private final Playwright playwright;
    private final Browser browser;

    ConsoleStack(Path chromium) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        work = WorkFolder.create();
        var settings = Settings.of(LocalStack.FREE_PORTS)
                .with(SLOW)
                .with(Map.of("api.load-tests", SampleReports.in(work.path()).toString()));
        var plan = new LocalStack.Plan(FleetSize.PAIRS, settings, ANSWER_TIME);
        stack = LocalStack.inProcess(work, LocalCloudConfig.ephemeral(), plan);
        audience.importInto(stack);
        alice = new ApiClient(stack.fleet().api(), "alice");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    /** The system's Chromium, if there is one. */
    static Optional<Path> chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A browser of its own, signed in as {@code user} before the first page. */
    Page browser(String user, Look look) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(stack.fleet().api().toString())
                .setViewportSize(look.screen().width(), look.screen().height())
                .setColorScheme(look.scheme()));
        Page page = watched(context.newPage());
        page.navigate("/sign-in?to=/");
        page.locator("#" + user).click();
        assertThat(page.locator("#who")).hasText(user);
        return page;
    }

    /** A browser in which nobody has signed in. */
    Page strangersBrowser() {
        return watched(browser.newPage(
                new Browser.NewPageOptions().setBaseURL(stack.fleet().api().toString())));
    }

    /** How large a screen is, and whether it is light or dark. */
    record Look(Screen screen, ColorScheme scheme) {
        static final Look DESK = new Look(Screen.DESK, ColorScheme.LIGHT);
        static final Look NIGHT = new Look(Screen.DESK, ColorScheme.DARK);
        static final Look PHONE = new Look(Screen.PHONE, ColorScheme.LIGHT);
    }

    /** A campaign that a second person approved and that is armed, with every sender ready. */
    void armed(String id, PushKind kind, int users) throws Exception {
        var script = new CampaignScript(alice, id, InstantSource.system());
        script.create(List.of("en", "de"), kind);
        script.load(users(users));
        script.proof(audience.testDevices());
        script.approveAndArm("bob");
        script.awaitReady(FleetSize.PAIRS.senders());
    }

    /** A file of the first users of the audience. */
    Path users(int most) throws IOException {
        Path all = audience.writeUserIds(Files.createTempFile(work.path(), "users", ".txt"));
        if (most == Integer.MAX_VALUE) {
            return all;
        }
        try (Stream<String> lines = Files.lines(all)) {
            return Files.writeString(all, lines.limit(most).collect(Collectors.joining("\n")));
        }
    }

    /** A picture of the whole page, which must be accessible as well. */
    void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        org.assertj.core.api.Assertions.assertThat(Accessibility.seriousIssues(page))
                .as(name)
                .isEmpty();
    }

    private Page watched(Page page) {
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // A refusal of the API that the page shows in words is no fault of the page.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    @Override
    public void close() throws IOException {
        browser.close();
        playwright.close();
        alice.close();
        stack.close();
        work.close();
    }
}
