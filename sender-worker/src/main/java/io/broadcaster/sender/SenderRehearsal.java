package io.broadcaster.sender;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.sender.settle.RecordRehearsal;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Rehearsal;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives, records and deletes batches of no launch over a cloud that answers itself, before the worker takes part: so that
 * the first launch finds compiled code. Nothing leaves the process. Bound: {@code sender.rehearsal-batches}, {@link #TIME_MAX}.
 */
final class SenderRehearsal {
    private static final Logger log = LoggerFactory.getLogger(SenderRehearsal.class);
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

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
        Instant began = clock.instant();
        var ledger = new Ledger(stage.ledger(), "rehearsal", config.intervals().ledgerLease());
        var queue = stage.queue().apply(QueueName.batches(Platform.IOS));
        try {
            boolean whole = new Rehearsal(queue, TIME_MAX, clock, random)
                    .run(batches(began), new RecordRehearsal(ledger, clock));
            log.atInfo()
                    .addKeyValue("batches", config.rehearsalBatches())
                    .addKeyValue("whole", whole)
                    .log(
                            "rehearsed in {} ms",
                            Duration.between(began, clock.instant()).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Outgoing> batches(Instant now) {
        var campaign = new CampaignId("rehearsal");
        var facts = new LaunchFacts(
                LaunchId.of(campaign, 1), campaign, 1, 0, DeliveryPolicy.AT_LEAST_ONCE, now, now.plus(TIME_MAX));
        return IntStream.range(0, config.rehearsalBatches())
                .mapToObj(i -> new BatchTask(facts, Platform.IOS, i, false))
                .map(batch -> new Outgoing(batch.messageId(), TaskCodec.write(batch)))
                .toList();
    }
}
