package io.broadcaster.sender;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.sender.provider.apns.BurstApns;
import io.broadcaster.sender.provider.fcm.BurstFcm;
import io.broadcaster.sender.provider.http2.LoopbackPeer;
import io.broadcaster.sender.rehearsal.RehearsalLaunch;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Rehearsal;
import io.broadcaster.task.TaskQueue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole sender, with meters of its own, over a cloud that answers itself and providers within the process, working on a
 * launch of nobody before the worker takes part: so that the first launch finds compiled code. Nothing leaves the process.
 * Bounds: {@code sender.rehearsal-batches}, {@link #TIME_MAX} and the drain time. One that fails costs speed, not the worker.
 */
final class SenderRehearsal {
    private static final Logger log = LoggerFactory.getLogger(SenderRehearsal.class);
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    /** What the providers allow per connection, and what FCM says beside 200. */
    private static final int APNS_STREAMS = 1_000;

    private static final int FCM_STREAMS = 100;
    private static final String FCM_BODY =
            "{\"name\":\"projects/rehearsal/messages/0:1700000000000000%0000000000000000\"}";

    private final SenderConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;

    SenderRehearsal(SenderConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /** Returns when all is done or the time is over. */
    void over(SenderProcess.Ports stage) {
        if (config.rehearsalBatches() == 0) {
            return;
        }
        try {
            Rehearsal.Report report = rehearse(stage);
            log.atInfo()
                    .addKeyValue("batches", report.messages())
                    .addKeyValue("whole", report.whole())
                    .log("rehearsed in {} ms", report.took().toMillis());
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("the rehearsal failed: the first launch will find a cold JVM");
        }
    }

    private Rehearsal.Report rehearse(SenderProcess.Ports stage) {
        var launch = RehearsalLaunch.of(config.rehearsalBatches(), clock.instant(), TIME_MAX);
        var rehearsal = new Rehearsal(TIME_MAX, clock);
        var rehearsed = new EnumMap<QueueName, TaskQueue>(QueueName.class);
        for (Platform platform : Platform.values()) {
            QueueName name = QueueName.batches(platform);
            rehearsed.put(name, rehearsal.with(stage.queue().apply(name), launch.messages(platform)));
        }
        var ports = new SenderProcess.Ports(
                launch.campaigns(),
                launch.objects(),
                stage.ledger(),
                stage.progress(),
                stage.workers(),
                stage.proofs(),
                stage.testDevices(),
                name -> {
                    TaskQueue queue = rehearsed.get(name);
                    return queue == null ? stage.queue().apply(name) : queue;
                });
        var around = new SenderProcess.Surroundings(
                "rehearsal",
                "rehearsal",
                clock.instant(),
                new SimpleMeterRegistry(),
                clock,
                random,
                () -> WorkerVitals.UNKNOWN);
        try (var apns = LoopbackPeer.start(APNS_STREAMS, "", clock.instant());
                var fcm = LoopbackPeer.start(FCM_STREAMS, FCM_BODY, clock.instant());
                var _ = SenderProcess.start(config, ports, senders(apns, fcm), around)) {
            return rehearsal.run();
        }
    }

    /** Burst senders whatever {@code sender.transport} is: the vendors' libraries take no peer of ours. */
    private SenderProcess.Senders senders(LoopbackPeer apns, LoopbackPeer fcm) {
        int loops = config.eventLoops();
        var both = Map.of(
                Platform.IOS, BurstApns.rehearsing(config.apns(), apns, loops, clock, random),
                Platform.ANDROID, BurstFcm.rehearsing(config.fcm(), fcm, loops, clock, random));
        return new SenderProcess.Senders(both, both);
    }
}
