package io.broadcaster.sender;

import io.broadcaster.campaign.Platform;
import io.broadcaster.sender.provider.apns.BurstApns;
import io.broadcaster.sender.provider.apns.PushyBatchSender;
import io.broadcaster.sender.provider.fcm.BurstFcm;
import io.broadcaster.sender.provider.fcm.FirebaseBatchSender;
import io.broadcaster.sender.send.BatchSender;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** The senders of {@code sender.transport}; {@code timer} is to be closed after them. */
record ProviderSenders(SenderProcess.Senders senders, AutoCloseable timer) {

    /** Opens no connection yet; leaves nothing open when a key, account or trust file cannot be used. */
    static ProviderSenders open(SenderConfig config, String worker, InstantSource clock, RandomGenerator random) {
        var opened = new ArrayList<AutoCloseable>();
        try {
            var timer = Executors.newSingleThreadScheduledExecutor();
            opened.add(timer::shutdownNow);
            BatchSender pushy = PushyBatchSender.open(config.apns(), timer, clock);
            opened.addFirst(pushy);
            BatchSender firebase = FirebaseBatchSender.open(config.fcm(), worker, clock);
            opened.addFirst(firebase);
            Map<Platform, BatchSender> libraries = Map.of(Platform.IOS, pushy, Platform.ANDROID, firebase);
            return switch (config.transport()) {
                case LIBRARY ->
                    new ProviderSenders(new SenderProcess.Senders(libraries, libraries), timer::shutdownNow);
                case BURST -> {
                    BatchSender apns = BurstApns.open(config.apns(), config.eventLoops(), clock, random);
                    opened.addFirst(apns);
                    BatchSender fcm = BurstFcm.open(config.fcm(), config.eventLoops(), clock, random);
                    yield new ProviderSenders(
                            new SenderProcess.Senders(Map.of(Platform.IOS, apns, Platform.ANDROID, fcm), libraries),
                            timer::shutdownNow);
                }
            };
        } catch (RuntimeException e) {
            Closing.all(opened);
            throw e;
        }
    }
}
