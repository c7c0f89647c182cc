package io.broadcaster.sender;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.SecretStore;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.sender.provider.apns.ApnsKeys;
import io.broadcaster.sender.provider.apns.BurstApns;
import io.broadcaster.sender.provider.apns.PushyBatchSender;
import io.broadcaster.sender.provider.fcm.BurstFcm;
import io.broadcaster.sender.provider.fcm.FirebaseBatchSender;
import io.broadcaster.sender.provider.fcm.ServiceAccounts;
import io.broadcaster.sender.provider.rotation.RotatingSender;
import io.broadcaster.sender.provider.rotation.SecretWatch;
import io.broadcaster.telemetry.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** The senders of {@code sender.transport} and the watches over their keys. To be closed after the senders. */
record ProviderSenders(SenderProcess.Senders senders, List<SecretWatch<?>> watches, AutoCloseable timer)
        implements AutoCloseable {

    /** What the senders are opened with; {@code worker} names this process. */
    record World(String worker, SecretStore secrets, InstantSource clock, RandomGenerator random) {}

    /** Starts to look at the secrets, and ends it when what it answers with is closed. */
    AutoCloseable watch(Duration interval, MeterRegistry registry) {
        List<Rounds> rounds = watches.stream()
                .map(watch ->
                        Rounds.start("secret-watch-" + watch.platform().wireName(), interval, registry, watch::look))
                .toList();
        return () -> Closing.all(rounds);
    }

    /** What heartbeats tell. */
    List<ProviderKey> keys() {
        return watches.stream().map(SecretWatch::status).toList();
    }

    @Override
    public void close() {
        Closing.all(List.of(timer));
    }

    /** Opens no connection yet; leaves nothing open when a key, account or trust file cannot be used. */
    static ProviderSenders open(SenderConfig config, World world) {
        var opened = new ArrayList<AutoCloseable>();
        try {
            var timer = Executors.newSingleThreadScheduledExecutor();
            opened.add(timer::shutdownNow);
            List<RotatingSender<ApnsSigningKey>> apns = apns(config, world, timer);
            opened.addAll(0, apns);
            List<RotatingSender<ServiceAccountCredentials>> fcm = fcm(config, world);
            opened.addAll(0, fcm);
            return new ProviderSenders(
                    new SenderProcess.Senders(
                            Map.of(Platform.IOS, apns.getFirst(), Platform.ANDROID, fcm.getFirst()),
                            Map.of(Platform.IOS, apns.getLast(), Platform.ANDROID, fcm.getLast())),
                    List.of(
                            new SecretWatch<>(
                                    Platform.IOS,
                                    new SecretWatch.Watched<>(
                                            world.secrets(), config.apns().signingKey(), new ApnsKeys(config.apns())),
                                    apns,
                                    world.clock()),
                            new SecretWatch<>(
                                    Platform.ANDROID,
                                    new SecretWatch.Watched<>(
                                            world.secrets(), config.fcm().serviceAccount(), new ServiceAccounts()),
                                    fcm,
                                    world.clock())),
                    timer::shutdownNow);
        } catch (RuntimeException e) {
            Closing.all(opened);
            throw e;
        }
    }

    /** That of launches first, that of proofs last; one and the same where launches go through the library. */
    private static List<RotatingSender<ApnsSigningKey>> apns(
            SenderConfig config, World world, ScheduledExecutorService timer) {
        var key = ApnsKeys.first(config.apns(), world.secrets());
        var library =
                new RotatingSender<>(key, each -> PushyBatchSender.open(config.apns(), each, timer, world.clock()));
        return switch (config.transport()) {
            case LIBRARY -> List.of(library);
            case BURST ->
                List.of(
                        new RotatingSender<>(
                                key,
                                each -> BurstApns.open(
                                        config.apns(), each, config.eventLoops(), world.clock(), world.random())),
                        library);
        };
    }

    private static List<RotatingSender<ServiceAccountCredentials>> fcm(SenderConfig config, World world) {
        var account = ServiceAccounts.first(config.fcm(), world.secrets());
        var opened = new AtomicInteger();
        var library = new RotatingSender<>(
                account,
                each -> FirebaseBatchSender.open(
                        config.fcm(), each, world.worker() + "-" + opened.incrementAndGet(), world.clock()));
        return switch (config.transport()) {
            case LIBRARY -> List.of(library);
            case BURST ->
                List.of(
                        new RotatingSender<>(
                                account,
                                each -> BurstFcm.open(
                                        config.fcm(), each, config.eventLoops(), world.clock(), world.random())),
                        library);
        };
    }
}
