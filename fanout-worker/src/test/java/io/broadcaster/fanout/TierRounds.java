package io.broadcaster.fanout;

import com.sun.management.OperatingSystemMXBean;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.config.Settings;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.Ledger;
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.ConsumerConfig;
import io.broadcaster.task.Handling;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.Rehearsal;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.Slicing;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.Fixtures;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Measures both tiers: the slices of 4M devices go into tier 1, a whole fan-out worker makes 12,000 batch messages of them,
 * two consumers like a sender's receive and delete them; the local cloud in the same JVM. Prints wall and CPU time of every
 * round. Not a test: {@code java … io.broadcaster.fanout.TierRounds [rounds] [pollers] [in-flight] [held-millis]
 * [rehearsal-batches] [sqs-uri dynamodb-uri s3-uri of a local cloud that runs elsewhere]}.
 */
final class TierRounds {
    private static final SnapshotSummary SNAPSHOT = Fixtures.snapshot(2_000_000, 2_000_000);
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double MILLION = 1e6;

    private final AwsCloud cloud;
    private final long heldMillis;
    private final AtomicInteger receives = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicLong firstNanos = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();

    private TierRounds(AwsCloud cloud, long heldMillis) {
        this.cloud = cloud;
        this.heldMillis = heldMillis;
    }

    public static void main(String[] args) throws Exception {
        int rounds = number(args, 0, 15);
        int pollers = number(args, 1, 4);
        int inFlight = number(args, 2, 64);
        long heldMillis = number(args, 3, 0);
        int rehearsal = number(args, 4, 0);
        if (args.length > 7) {
            var settings = settings(rehearsal, args[5], args[6], args[7]);
            measure(settings, heldMillis, rounds, new Bounds(pollers, inFlight));
            return;
        }
        try (LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            var settings = settings(
                    rehearsal,
                    local.sqsEndpoint().toString(),
                    local.dynamoDbEndpoint().toString(),
                    local.s3Endpoint().toString());
            measure(settings, heldMillis, rounds, new Bounds(pollers, inFlight));
        }
    }

    private record Bounds(int pollers, int inFlight) {}

    private static void measure(Settings settings, long heldMillis, int rounds, Bounds bounds) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long began = System.nanoTime();
        rehearse(settings);
        try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings))) {
            cloud.provisioner().provision();
            try (FanoutProcess fanout = Main.start(settings)) {
                System.out.printf(
                        Locale.ROOT,
                        "started in %.0f ms; cpu %.0f ms%n",
                        (System.nanoTime() - began) / MILLION,
                        (PROCESS.getProcessCpuTime() - cpu) / MILLION);
                new TierRounds(cloud, heldMillis).run(rounds, bounds.pollers(), bounds.inFlight(), fanout);
            }
        }
    }

    /** As a sender does: receives, records and deletes. */
    private static void rehearse(Settings settings) {
        int batches = FanoutConfig.from(settings).rehearsalBatches();
        if (batches == 0) {
            return;
        }
        var clock = InstantSource.system();
        LaunchFacts launch = launch(0);
        List<Outgoing> messages = IntStream.range(0, batches)
                .mapToObj(batch -> new BatchTask(launch, Platform.IOS, batch, false))
                .map(task -> new Outgoing(task.messageId(), TaskCodec.write(task)))
                .toList();
        try (AwsCloud stage = AwsCloud.rehearsal(CloudConfig.from(settings), clock)) {
            var ledger = new Ledger(stage.ledger(), "rehearsal", Duration.ofMinutes(1));
            var rehearsal = new Rehearsal(Duration.ofSeconds(20), clock);
            TaskQueue queue = rehearsal.with(stage.queue(QueueName.BATCHES_IOS), messages);
            var bounds = FanoutConfig.from(settings).consumer();
            try (var consumer = new QueueConsumer(queue, bounds, clock, new SecureRandom(), (_, _) -> {})) {
                consumer.start((message, _) -> {
                    BatchTask task = TaskCodec.readBatch(message.body());
                    var key = new BatchKey(task.launch().id(), task.platform(), task.batch());
                    var _ = ledger.recordFirst(ledger.unclaimed(key, 500, clock.instant()));
                    return Handling.DONE;
                });
                System.out.println(rehearsal.run());
            }
        }
    }

    private void run(int rounds, int pollers, int inFlight, FanoutProcess fanout) throws Exception {
        var consumers = new ArrayList<QueueConsumer>();
        try {
            for (Platform platform : Platform.values()) {
                consumers.add(consumer(platform, pollers, inFlight));
            }
            for (int round = 1; round <= rounds; round++) {
                round(round, consumers, fanout);
            }
        } finally {
            consumers.forEach(QueueConsumer::close);
        }
    }

    private QueueConsumer consumer(Platform platform, int pollers, int inFlight) {
        var config = new ConsumerConfig(
                pollers, inFlight, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
        var consumer = new QueueConsumer(
                new CountedReceives(cloud.queue(QueueName.batches(platform)), receives),
                config,
                InstantSource.system(),
                new SecureRandom(),
                (step, cause) -> System.out.println(step + " failed: " + cause));
        consumer.start((message, _) -> {
            BatchTask _ = TaskCodec.readBatch(message.body());
            long now = System.nanoTime();
            firstNanos.compareAndSet(0, now);
            if (received.incrementAndGet() == SNAPSHOT.batches()) {
                lastNanos.set(now);
            }
            if (heldMillis > 0) {
                Thread.sleep(heldMillis);
            }
            return Handling.DONE;
        });
        return consumer;
    }

    private void round(int round, List<QueueConsumer> consumers, FanoutProcess fanout) {
        receives.set(0);
        received.set(0);
        firstNanos.set(0);
        lastNanos.set(0);
        long settledBefore = settled(consumers);
        long slicesBefore = fanout.stats().settled();
        List<SliceTask> slices = Slicing.cut(launch(round), SNAPSHOT);
        Map<String, Long> threadsBefore = cpuByThread();
        long cpuBefore = PROCESS.getProcessCpuTime();
        long pressed = System.nanoTime();

        send(slices);
        long sent = System.nanoTime();
        Await.until("every slice is split", () -> fanout.stats().settled() == slicesBefore + slices.size());
        long split = System.nanoTime();
        Await.until("every batch is settled", () -> settled(consumers) == settledBefore + SNAPSHOT.batches());
        long settled = System.nanoTime();

        long cpu = PROCESS.getProcessCpuTime() - cpuBefore;
        System.out.printf(
                Locale.ROOT,
                "round %2d: slices sent %.0f, first batch %.0f, slices split %.0f, last batch %.0f, all deleted %.0f ms,"
                        + " %d receives; cpu %.0f ms:%s%n",
                round,
                (sent - pressed) / MILLION,
                (firstNanos.get() - pressed) / MILLION,
                (split - pressed) / MILLION,
                (lastNanos.get() - pressed) / MILLION,
                (settled - pressed) / MILLION,
                receives.get(),
                cpu / MILLION,
                byThread(threadsBefore, cpu));
    }

    private void send(List<SliceTask> slices) {
        TaskQueue queue = cloud.queue(QueueName.SLICES);
        List<Thread> calls = new ArrayList<>();
        for (int from = 0; from < slices.size(); from += TaskQueue.CALL_MAX) {
            List<Outgoing> call = slices.subList(from, Math.min(slices.size(), from + TaskQueue.CALL_MAX)).stream()
                    .map(slice -> new Outgoing(slice.messageId(), TaskCodec.write(slice)))
                    .toList();
            calls.add(Thread.ofVirtual().start(() -> {
                var _ = queue.send(call);
            }));
        }
        calls.forEach(TierRounds::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long settled(List<QueueConsumer> consumers) {
        return consumers.stream()
                .mapToLong(consumer -> consumer.stats().settled())
                .sum();
    }

    private static LaunchFacts launch(int round) {
        var campaign = new CampaignId("tier-rounds-" + System.nanoTime());
        var now = InstantSource.system().instant();
        return new LaunchFacts(
                LaunchId.of(campaign, round),
                campaign,
                round,
                0,
                DeliveryPolicy.AT_LEAST_ONCE,
                now,
                now.plus(Duration.ofHours(1)));
    }

    /** CPU time of platform threads by the stem of their names; what the JVM's own threads took is the rest. */
    private static Map<String, Long> cpuByThread() {
        var times = new HashMap<String, Long>();
        for (ThreadInfo info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (info != null) {
                String stem = info.getThreadName().replaceAll("[-#]?\\d.*", "");
                times.merge(stem, THREADS.getThreadCpuTime(info.getThreadId()), Long::sum);
            }
        }
        return times;
    }

    private static String byThread(Map<String, Long> before, long cpu) {
        var spent = new TreeMap<String, Long>();
        cpuByThread().forEach((stem, nanos) -> spent.put(stem, nanos - before.getOrDefault(stem, 0L)));
        long rest = cpu - spent.values().stream().mapToLong(Long::longValue).sum();
        var text = new StringBuilder();
        spent.forEach((stem, nanos) -> {
            if (nanos > 5 * MILLION) {
                text.append(' ').append(stem).append(' ').append(Math.round(nanos / MILLION));
            }
        });
        return text.append(" jvm+native ").append(Math.round(rest / MILLION)).toString();
    }

    private static Settings settings(int rehearsal, String sqs, String dynamoDb, String s3) {
        return Settings.of(Map.of(
                "cloud.sqs-endpoint",
                sqs,
                "cloud.dynamodb-endpoint",
                dynamoDb,
                "cloud.s3-endpoint",
                s3,
                "cloud.access-key",
                LocalCloud.ACCESS_KEY_ID,
                "cloud.secret-key",
                LocalCloud.SECRET_ACCESS_KEY,
                "fanout.rehearsal-batches",
                Integer.toString(rehearsal),
                "telemetry.port",
                "0"));
    }

    private static int number(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }

    /** A queue whose receives are counted. */
    private record CountedReceives(TaskQueue queue, AtomicInteger receives) implements TaskQueue {
        @Override
        public List<FailedEntry> send(List<Outgoing> messages) {
            return queue.send(messages);
        }

        @Override
        public List<Received> receive(int max, Duration wait, Duration visibility, UUID attempt) {
            receives.incrementAndGet();
            return queue.receive(max, wait, visibility, attempt);
        }

        @Override
        public List<FailedEntry> delete(List<Receipt> receipts) {
            return queue.delete(receipts);
        }

        @Override
        public List<FailedEntry> extend(List<Receipt> receipts, Duration visibility) {
            return queue.extend(receipts, visibility);
        }

        @Override
        public Depth depth() {
            return queue.depth();
        }
    }
}
