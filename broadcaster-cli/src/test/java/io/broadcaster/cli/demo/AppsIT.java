package io.broadcaster.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.ApiRefusal;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.LaunchCheck;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.Simulators;
import io.broadcaster.loadtest.provider.wire.Behaviour;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two apps over one cloud: what one of them does and suffers is its own. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class AppsIT {
    private static final Logger LOG = LoggerFactory.getLogger(AppsIT.class);
    private static final DemoSize SIZE = new DemoSize(300, 200);
    private static final int SENDERS = 2;
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Settings QUICK = Settings.of(LocalStack.FREE_PORTS)
            .with(Map.of(
                    "api.rehearsal-presses", "0",
                    "sender.rehearsal-batches", "0",
                    "sender.drain-time", "1s",
                    "fanout.rehearsal-batches", "0"));

    private final LocalCloud cloud = LocalCloud.start(LocalCloudConfig.ephemeral());
    private final LocalApps apps = LocalApps.start(cloud, QUICK, List.of("news", "news-test"), SIZE);
    private final App calm = App.of(apps.apps().getFirst());
    private final App stormy = App.of(apps.apps().getLast());

    AppsIT() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        apps.close();
        cloud.close();
    }

    @Test
    @Order(1)
    void launch_whileAnotherAppsProvidersThrottle_goesOutWholeAndByItsOwnKeysOnly() throws Exception {
        try (Marketer mary = Marketer.of(calm, "calm");
                Marketer nick = Marketer.of(stormy, "storm")) {
            mary.prepare();
            nick.prepare();
            stormy.treatsEverythingAs(new Behaviour.Answering(429, 1, 1));
            long taken = stormy.taken();

            nick.go();
            JsonNode ended = mary.launched();
            JsonNode held = nick.status();
            nick.api().post("/campaigns/storm/abort");

            assertThat(liveSenders(ended)).isEqualTo(SENDERS);
            assertThat(liveSenders(held)).isEqualTo(SENDERS);
            assertThat(held.path("state").asText()).isEqualTo("LAUNCHED");
            assertThat(stormy.taken()).as("taken since the storm began").isEqualTo(taken);
            assertThatThrownBy(() -> nick.api().get("/campaigns/calm/status")).isInstanceOf(ApiRefusal.class);
        }
        stormy.treatsEverythingAs(new Behaviour.Normal());
    }

    /** Comes when the JVM is warm: the launch alone would else be the slower one. */
    @Test
    @Order(2)
    void launch_whileAnotherAppsProvidersAnswerLate_isNotLater() throws Exception {
        try (Marketer alone = Marketer.of(calm, "alone");
                Marketer beside = Marketer.of(calm, "beside");
                Marketer late = Marketer.of(stormy, "late")) {
            alone.prepare();
            beside.prepare();
            late.prepare();
            Times usual = Times.of(calm, alone.launched());
            stormy.answersAfter(LATE);
            long taken = stormy.taken();

            late.go();
            Poll.until(Duration.ofMinutes(1), stormy::taken, now -> now > taken);
            Times moved = Times.of(calm, beside.launched());
            JsonNode other = late.status();

            LOG.info("alone: {}; while another app's providers answer after {}: {}", usual, LATE, moved);
            assertThat(moved.last())
                    .isLessThanOrEqualTo(usual.last().multipliedBy(3).plusSeconds(1));
            assertThat(endedAt(other)).as("the other launch went on meanwhile").isAfter(moved.lastAt());
        }
        stormy.answersAfter(Duration.ZERO);
    }

    @Test
    @Order(3)
    void start_appNamedTwice_isRefused() {
        assertThatThrownBy(() -> LocalApps.start(cloud, QUICK, List.of("news", "news"), SIZE))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("--app");
    }

    /** One of the two, and the judge of all its launches. */
    private record App(LocalApps.App own, LaunchCheck check) {
        static App of(LocalApps.App own) {
            return new App(
                    own, new LaunchCheck(own.stack(), DemoAudience.of(SIZE).testDevices()));
        }

        Simulators providers() {
            return own.stack().simulators();
        }

        void treatsEverythingAs(Behaviour behaviour) {
            Arrays.stream(Platform.values()).forEach(platform -> providers().behaviour(platform, behaviour));
        }

        void answersAfter(Duration time) {
            Arrays.stream(Platform.values()).forEach(platform -> providers().answerTime(platform, time));
        }

        /** Notifications that its providers have taken. */
        long taken() {
            return Arrays.stream(Platform.values())
                    .mapToLong(
                            platform -> providers().journal().totals(platform).accepted())
                    .sum();
        }
    }

    /** Somebody who prepares one campaign of one app and presses. */
    private record Marketer(App app, ApiClient api, String campaign, CampaignScript script) implements AutoCloseable {
        static Marketer of(App app, String campaign) {
            var api = new ApiClient(app.own().stack().fleet().api(), "alice");
            return new Marketer(app, api, campaign, new CampaignScript(api, campaign, InstantSource.system()));
        }

        void prepare() throws InterruptedException {
            script.create(DemoAudience.locales(), PushKind.ALERT);
            script.load(app.own().work().path().resolve("audience.txt"));
            script.proof(DemoAudience.of(SIZE).testDevices());
            script.approveAndArm("bob");
            script.awaitReady(SENDERS);
        }

        void go() {
            api.post("/campaigns/" + campaign + "/go");
        }

        JsonNode status() {
            return api.get("/campaigns/" + campaign + "/status");
        }

        /** Presses; the final status of a launch that reached each device once. */
        JsonNode launched() throws InterruptedException {
            go();
            JsonNode ended = script.awaitEnd();
            assertThat(ended.path("state").asText()).isEqualTo("COMPLETED");
            DemoAudience audience = DemoAudience.of(SIZE);
            assertThat(app.check().of(ended, audience.devices()).agrees())
                    .as(campaign)
                    .isTrue();
            return ended;
        }

        @Override
        public void close() {
            api.close();
        }
    }

    /** When the devices of an app's latest launch had theirs, by its own providers' journal, from the press on. */
    private record Times(Instant pressedAt, Duration p50, Duration p95, Duration last) {
        static Times of(App app, JsonNode ended) {
            JsonNode launch = ended.path("launch");
            Instant pressedAt = Instant.parse(launch.path("pressedAt").asText());
            String collapseId = launch.path("launch").asText();
            var times = new ArrayList<Duration>();
            for (Platform platform : Platform.values()) {
                app.providers().journal().forEach(platform, (_, receipts) -> {
                    if (receipts.collapseIds().containsKey(collapseId)) {
                        times.add(Duration.between(pressedAt, receipts.lastAccepted()));
                    }
                });
            }
            List<Duration> sorted = times.stream().sorted().toList();
            return new Times(
                    pressedAt, sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 95 / 100), sorted.getLast());
        }

        Instant lastAt() {
            return pressedAt.plus(last);
        }

        @Override
        public String toString() {
            return "p50 " + p50.toMillis() + " ms, p95 " + p95.toMillis() + " ms, last " + last.toMillis() + " ms";
        }
    }

    private static Instant endedAt(JsonNode status) {
        JsonNode at = status.at("/ending/at");
        return at.isMissingNode() ? Instant.MAX : Instant.parse(at.asText());
    }

    private static int liveSenders(JsonNode status) {
        return status.path("senders").path("live").asInt();
    }
}
