package io.broadcaster.cli.wire;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.FileSecrets;
import io.broadcaster.config.Settings;
import io.broadcaster.sender.provider.apns.ApnsConfig;
import io.broadcaster.sender.provider.apns.ApnsKeys;
import io.broadcaster.sender.provider.apns.BurstApns;
import io.broadcaster.sender.provider.apns.PushyBatchSender;
import io.broadcaster.sender.provider.fcm.BurstFcm;
import io.broadcaster.sender.provider.fcm.FcmConfig;
import io.broadcaster.sender.provider.fcm.FirebaseBatchSender;
import io.broadcaster.sender.provider.fcm.ServiceAccounts;
import io.broadcaster.sender.send.BatchSender;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/** Opens the client of a kind. */
final class Pumps {
    /** The client has one core. */
    private static final int EVENT_LOOPS = 1;

    private Pumps() {}

    static Pump open(ClientKind kind, Platform platform, Settings settings) {
        InstantSource clock = InstantSource.system();
        Instant now = clock.instant();
        return switch (kind) {
            case LIBRARY -> new BatchPump(library(platform, settings, clock), platform, now);
            case PUSHY -> new PushyPump(ApnsConfig.from(settings), now);
            case ADMIN -> new AdminPump(FcmConfig.from(settings), now);
            case BURST -> new BatchPump(burst(platform, settings, clock), platform, now);
            case H2LOAD -> throw new InvalidInput("--client", "must be a Java client", kind);
        };
    }

    private static BatchSender burst(Platform platform, Settings settings, InstantSource clock) {
        var random = new SecureRandom();
        return switch (platform) {
            case IOS -> {
                var config = ApnsConfig.from(settings);
                yield BurstApns.open(
                        config, ApnsKeys.first(config, new FileSecrets()).key(), EVENT_LOOPS, clock, random);
            }
            case ANDROID -> {
                var config = FcmConfig.from(settings);
                yield BurstFcm.open(
                        config, ServiceAccounts.first(config, new FileSecrets()).key(), EVENT_LOOPS, clock, random);
            }
        };
    }

    private static BatchSender library(Platform platform, Settings settings, InstantSource clock) {
        return switch (platform) {
            case IOS -> {
                var config = ApnsConfig.from(settings);
                var timer = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("wire-timer").factory());
                yield PushyBatchSender.open(
                        config, ApnsKeys.first(config, new FileSecrets()).key(), timer, clock);
            }
            case ANDROID -> {
                var config = FcmConfig.from(settings);
                yield FirebaseBatchSender.open(
                        config, ServiceAccounts.first(config, new FileSecrets()).key(), "wire", clock);
            }
        };
    }
}
