package io.broadcaster.fanout;

import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.fanout.enqueue.BatchEnqueuer;
import io.broadcaster.fanout.receive.SliceHandler;
import io.broadcaster.fanout.settle.SliceSettlement;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.Rehearsal;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.Slicing;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's own pipeline over queues that answer themselves, with slices of no launch, before it takes part: so that the
 * first launch finds compiled code. Nothing leaves the process. Bound: {@code fanout.rehearsal-batches}, and {@link #TIME_MAX}.
 */
final class FanoutRehearsal {
    private static final Logger log = LoggerFactory.getLogger(FanoutRehearsal.class);
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    private final FanoutConfig config;
    private final FanoutProcess.World world;

    FanoutRehearsal(FanoutConfig config, FanoutProcess.World world) {
        this.config = config;
        this.world = world;
    }

    /** Returns when all is done or the time is over. */
    void over(FanoutProcess.Queues queues) {
        List<Outgoing> slices = slices();
        if (slices.isEmpty()) {
            return;
        }
        var enqueuer = BatchEnqueuer.to(
                queues.batches(),
                config.enqueue(),
                new BatchEnqueuer.Surroundings(world.clock(), world.random(), Silence.INSTANCE));
        var handler = new SliceHandler(enqueuer, new SliceSettlement(Silence.INSTANCE, world.clock()), world.clock());
        var rehearsal = new Rehearsal(TIME_MAX, world.clock());
        TaskQueue tierOne = rehearsal.with(queues.slices(), slices);
        try (var consumer =
                new QueueConsumer(tierOne, config.consumer(), world.clock(), world.random(), (_, _) -> {})) {
            consumer.start(handler);
            Rehearsal.Report report = rehearsal.run();
            log.atInfo()
                    .addKeyValue("batches", config.rehearsalBatches())
                    .addKeyValue("whole", report.whole())
                    .log("rehearsed in {} ms", report.took().toMillis());
        }
    }

    private List<Outgoing> slices() {
        var campaign = new CampaignId("rehearsal");
        Instant now = world.clock().instant();
        var facts = new LaunchFacts(
                LaunchId.of(campaign, 1), campaign, 1, 0, DeliveryPolicy.AT_LEAST_ONCE, now, now.plus(TIME_MAX));
        int each = Slicing.BATCHES_PER_SLICE_MAX;
        return IntStream.range(0, Math.ceilDiv(config.rehearsalBatches(), each))
                .mapToObj(i -> new SliceTask(facts, i % 2 == 0 ? Platform.IOS : Platform.ANDROID, i, i * each, each))
                .map(slice -> new Outgoing(slice.messageId(), TaskCodec.write(slice)))
                .toList();
    }
}
