package io.broadcaster.cli.demo;

import io.broadcaster.api.ApiProcess;
import io.broadcaster.api.Main;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.LocalStack;
import io.broadcaster.config.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The console of another app on the host name of the first, whose cloud, issuer and session key it shares. */
final class OtherApp implements AutoCloseable {
    private final ApiProcess api;

    private OtherApp(ApiProcess api) {
        this.api = api;
    }

    /** Starts it with its own names in the cloud; it leads to the first one's console. */
    static OtherApp beside(LocalStack first, String name) {
        Settings own = first.fleet()
                .settings()
                .with(Map.of(
                        "cloud.prefix",
                        name,
                        "api.app",
                        name,
                        "api.apps",
                        "Broadcaster=" + first.fleet().api()));
        try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(own))) {
            cloud.provisioner().provision();
        }
        return new OtherApp(Main.start(own));
    }

    /** The control room of a campaign that alice has just written. */
    String controlRoom(String campaign) {
        try (var alice = new ApiClient(api.uri(), "alice")) {
            new CampaignScript(alice, campaign, InstantSource.system()).create(List.of("en"), PushKind.ALERT);
        }
        return api.uri() + "/campaigns/" + campaign + "/control";
    }

    @Override
    public void close() {
        api.close();
    }
}
