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
import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.LocalCloudConfig;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.ConsumerConfig;
import io.broadcaster.task.Handling;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
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

/**
 * Measures both tiers: the slices of 4M devices go into tier 1, a whole fan-out worker makes 12,000 batch messages of them,
 * two consumers like a sender's receive and delete them; the local cloud in the same JVM. Prints wall and CPU time of every
 * round. Not a test: {@code java … io.broadcaster.fanout.TierRounds [rounds] [pollers] [in-flight] [held-millis]}.
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
        try (LocalCloud local = LocalCloud.start(LocalCloudConfig.ephemeral())) {
            Settings settings = settings(local);
            try (AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings))) {
                cloud.provisioner().provision();
                try (FanoutProcess fanout = Main.start(settings)) {
                    new TierRounds(cloud, heldMillis).run(rounds, pollers, inFlight, fanout);
                }
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

    private static Settings settings(LocalCloud local) {
        return Settings.of(Map.of(
                "cloud.sqs-endpoint", local.sqsEndpoint().toString(),
                "cloud.dynamodb-endpoint", local.dynamoDbEndpoint().toString(),
                "cloud.s3-endpoint", local.s3Endpoint().toString(),
                "cloud.access-key", local.accessKeyId(),
                "cloud.secret-key", local.secretAccessKey(),
                "telemetry.port", "0"));
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
