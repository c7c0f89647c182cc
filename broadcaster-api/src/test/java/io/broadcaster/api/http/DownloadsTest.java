package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.Eventually;
import io.broadcaster.api.RunningApi;
import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.campaign.CampaignId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Downloads whose reader goes away. */
final class DownloadsTest {
    private static final int MORE_THAN_ANY_WINDOW = 64 << 20;

    @Test
    void download_whoseReaderGoes_endsAndGivesItsPlaceBack() throws IOException, InterruptedException {
        try (RunningApi api = RunningApi.start()) {
            api.post("/campaigns", Bodies.campaign("left"));
            String key = SnapshotKeys.rejects(
                    new CampaignId("left"), api.stored("left").revision());
            api.objects.putIfAbsent(key, new byte[MORE_THAN_ANY_WINDOW]);
            var request = api.to("/campaigns/left/rejects").GET().build();
            try (InputStream rows =
                    api.client.http.send(request, BodyHandlers.ofInputStream()).body()) {
                assertThat(rows.read()).isZero();
                assertThat(underWay(api)).isEqualTo(1);
            }

            Eventually.eventually(() -> assertThat(underWay(api)).isZero());
        }
    }

    private static double underWay(RunningApi api) {
        return api.registry()
                .get("broadcaster.api.bound.used")
                .tag("bound", "downloads")
                .gauge()
                .value();
    }
}
