package io.broadcaster.sender.provider.apns;

import io.broadcaster.config.FileSecrets;
import io.broadcaster.sender.send.BatchSender;
import java.time.InstantSource;
import java.util.Random;

/** The same contract, against the same mock of Pushy's, for the burst sender. */
final class BurstApnsTest extends PushyBatchSenderTest {
    @Override
    BatchSender open(ApnsConfig config) {
        return BurstApns.open(
                config, ApnsKeys.first(config, new FileSecrets()).key(), 1, InstantSource.system(), new Random(1));
    }
}
