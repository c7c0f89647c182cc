package io.broadcaster.cli.wire;

import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.Warmth;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Any of our senders through its port, with full batches, two more under way than its connections can carry. */
final class BatchPump implements Pump {
    private static final Duration DEADLINE = Duration.ofHours(1);
    private static final int BATCHES_BEYOND = 2;

    private final BatchSender sender;
    private final Platform platform;
    private final Instant startedAt;
    private final Devices devices;

    BatchPump(BatchSender sender, Platform platform, Instant startedAt) {
        this.sender = sender;
        this.platform = platform;
        this.startedAt = startedAt;
        this.devices = Devices.of(platform);
        if (sender.warm() instanceof Warmth.Cold(String why)) {
            sender.close();
            throw new IllegalStateException("the sender does not get warm: " + why);
        }
    }

    @Override
    public void run(Answers answers) throws InterruptedException {
        int size = platform.batchMax();
        int[] positions = IntStream.range(0, size).toArray();
        var variant = WireContent.variant(platform);
        var free = new Semaphore(Math.ceilDiv(sender.outstandingMax(), size) + BATCHES_BEYOND);
        for (int batch = 0; !answers.stopped(); batch++) {
            free.acquire();
            var request = new BatchRequest(
                    new BatchKey(WireContent.LAUNCH, platform, batch),
                    variant,
                    PushKind.ALERT,
                    startedAt,
                    WireContent.EXPIRY,
                    startedAt.plus(DEADLINE),
                    devices.batch(batch, size),
                    positions,
                    answers::stopped);
            sender.send(request, new Count(answers, size, free));
        }
    }

    @Override
    public void close() {
        sender.close();
    }

    /** Counts one batch's answers and makes room for another once all are in. */
    private static final class Count implements AnswerSink {
        private final Answers answers;
        private final Semaphore free;
        private final AtomicInteger left;

        Count(Answers answers, int devices, Semaphore free) {
            this.answers = answers;
            this.free = free;
            this.left = new AtomicInteger(devices);
        }

        @Override
        public void started() {
            // only the answers count
        }

        @Override
        public void accepted(int[] positions, int count) {
            answers.accepted(count);
            done(count);
        }

        @Override
        public void answered(int position, SendOutcome outcome) {
            if (outcome instanceof SendOutcome.Accepted) {
                answers.accepted(1);
            } else if (!answers.stopped()) {
                answers.other();
            }
            done(1);
        }

        private void done(int count) {
            if (left.addAndGet(-count) == 0) {
                free.release();
            }
        }
    }
}
