package io.broadcaster.sender.provider.fcm;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.config.FileSecrets;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.Warmth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same contract, against the same WireMock, for the burst sender. */
final class BurstFcmTest extends FirebaseBatchSenderTest {
    private static final String TOKEN = "/token";

    @Override
    BatchSender open(FcmConfig config) {
        return BurstFcm.open(
                config,
                ServiceAccounts.first(config, new FileSecrets()).key(),
                1,
                InstantSource.system(),
                new Random(1));
    }

    @Test
    void warm_connectionsIdleAndTokenOld_fetchesAnotherAndSendsNothing() {
        server.stubFor(post(urlEqualTo(TOKEN))
                .willReturn(okJson("{\"access_token\":\"old\",\"expires_in\":1,\"token_type\":\"Bearer\"}")));
        try (BatchSender sender = sender(PATIENT)) {
            assertThat(sender.warm()).isInstanceOf(Warmth.Warm.class);
            int fetched = requests(TOKEN);
            int sent = requests(SEND);

            assertThat(sender.warm()).isInstanceOf(Warmth.Warm.class);

            assertThat(requests(TOKEN)).isGreaterThan(fetched);
            assertThat(requests(SEND)).isEqualTo(sent);
            assertThat(sender.warmthLasts()).as("Google's margin").isLessThan(Duration.ofMinutes(1));
        }
    }

    private int requests(String path) {
        return server.findAll(postRequestedFor(urlEqualTo(path))).size();
    }
}
