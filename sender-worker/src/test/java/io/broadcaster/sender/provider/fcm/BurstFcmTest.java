package io.broadcaster.sender.provider.fcm;

import io.broadcaster.config.FileSecrets;
import io.broadcaster.sender.send.BatchSender;
import java.time.InstantSource;
import java.util.Random;

/** The same contract, against the same WireMock, for the burst sender. */
final class BurstFcmTest extends FirebaseBatchSenderTest {
    @Override
    BatchSender open(FcmConfig config) {
        return BurstFcm.open(
                config,
                ServiceAccounts.first(config, new FileSecrets()).key(),
                1,
                InstantSource.system(),
                new Random(1));
    }
}
