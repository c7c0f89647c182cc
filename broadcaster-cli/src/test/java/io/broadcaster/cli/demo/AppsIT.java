package io.broadcaster.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.ApiRefusal;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.LaunchCheck;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.config.Settings;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.wire.Behaviour;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two apps over one cloud: what one of them does and suffers is its own. */
@Timeout(120)
class AppsIT {
    private static final DemoSize SIZE = new DemoSize(300, 200);
    private static final int SENDERS = 2;
    private static final Settings QUICK = Settings.of(LocalStack.FREE_PORTS)
            .with(Map.of(
                    "api.rehearsal-presses", "0",
                    "sender.rehearsal-batches", "0",
                    "sender.drain-time", "1s",
                    "fanout.rehearsal-batches", "0"));

    @Test
    void launch_whileAnotherAppsProvidersThrottle_goesOutWholeAndByItsOwnKeysOnly() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(LocalCloudConfig.ephemeral());
                LocalApps apps = LocalApps.start(cloud, QUICK, List.of("news", "news-test"), SIZE);
                Marketer calm = Marketer.of(apps.apps().getFirst(), "calm");
                Marketer stormy = Marketer.of(apps.apps().getLast(), "storm")) {
            calm.prepare();
            stormy.prepare();
            for (Platform platform : Platform.values()) {
                stormy.stack().simulators().behaviour(platform, new Behaviour.Answering(429, 1, 1));
            }

            stormy.api().post("/campaigns/storm/go");
            calm.api().post("/campaigns/calm/go");
            JsonNode ended = calm.script().awaitEnd();
            JsonNode held = stormy.api().get("/campaigns/storm/status");
            stormy.api().post("/campaigns/storm/abort");

            assertThat(ended.path("state").asText()).isEqualTo("COMPLETED");
            DemoAudience audience = DemoAudience.of(SIZE);
            var check = new LaunchCheck(calm.stack(), audience.testDevices());
            assertThat(check.of(ended, audience.devices()).agrees()).isTrue();
            assertThat(liveSenders(ended)).isEqualTo(SENDERS);
            assertThat(liveSenders(held)).isEqualTo(SENDERS);
            assertThat(held.path("state").asText()).isEqualTo("LAUNCHED");
            assertOnlyProofsTaken(stormy.stack().simulators().journal());
            assertThatThrownBy(() -> stormy.api().get("/campaigns/calm/status")).isInstanceOf(ApiRefusal.class);
        }
    }

    @Test
    void start_appNamedTwice_isRefused() throws IOException {
        try (LocalCloud cloud = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            assertThatThrownBy(() -> LocalApps.start(cloud, QUICK, List.of("news", "news"), SIZE))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("--app");
        }
    }

    /** Somebody who prepares one campaign of one app and presses. */
    private record Marketer(LocalApps.App app, ApiClient api, CampaignScript script) implements AutoCloseable {
        static Marketer of(LocalApps.App app, String campaign) {
            var api = new ApiClient(app.stack().fleet().api(), "alice");
            return new Marketer(app, api, new CampaignScript(api, campaign, InstantSource.system()));
        }

        LocalStack stack() {
            return app.stack();
        }

        void prepare() throws InterruptedException {
            script.create(DemoAudience.locales(), PushKind.ALERT);
            script.load(app.work().path().resolve("audience.txt"));
            script.proof(DemoAudience.of(SIZE).testDevices());
            script.approveAndArm("bob");
            script.awaitReady(SENDERS);
        }

        @Override
        public void close() {
            api.close();
        }
    }

    private static int liveSenders(JsonNode status) {
        return status.path("senders").path("live").asInt();
    }

    private static void assertOnlyProofsTaken(Journal journal) {
        for (Platform platform : Platform.values()) {
            assertThat(journal.totals(platform).accepted()).isOne();
        }
    }
}
