package io.broadcaster.sender.provider.apns;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.config.FileSecrets;
import io.broadcaster.sender.provider.http2.LoopbackPeer;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.Warmth;
import io.broadcaster.testkit.TestClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same contract, against the same mock of Pushy's, for the burst sender. */
final class BurstApnsTest extends PushyBatchSenderTest {
    @Test
    void warm_whileConnectionsStayOpen_renewsATokenThatIsOld() {
        TestClock clock = TestClock.atFixtures();
        try (var peer = LoopbackPeer.start(1_000, "", clock.instant());
                BatchSender sender = BurstApns.rehearsing(config(1, PATIENT), peer, 1, clock, new Random(1))) {
            assertThat(sender.warm()).isInstanceOf(Warmth.Warm.class);
            assertThat(sender.tokenIssuedAt()).contains(clock.instant());

            Instant later = clock.advance(ProviderToken.RENEW_AFTER);

            assertThat(sender.warm()).isInstanceOf(Warmth.Warm.class);
            assertThat(sender.tokenIssuedAt()).contains(later);
        }
    }

    @Override
    BatchSender open(ApnsConfig config) {
        return BurstApns.open(
                config, ApnsKeys.first(config, new FileSecrets()).key(), 1, InstantSource.system(), new Random(1));
    }
}
