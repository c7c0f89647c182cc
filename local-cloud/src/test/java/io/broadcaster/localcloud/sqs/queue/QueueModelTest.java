package io.broadcaster.localcloud.sqs.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.localcloud.sqs.queue.FifoQueue.VisibilityChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of random steps, each done by the queue and by a model so simple that it can be read as the rules. */
final class QueueModelTest {
    private static final int STEPS = 2_000;
    private static final int GROUPS = 5;
    private static final int IDS = 40;
    private static final int IN_FLIGHT_MAX = 12;

    private final QueueFixture cloud = new QueueFixture(new QueueLimits(IN_FLIGHT_MAX, 10, 1_000));
    private final FifoQueue queue = cloud.queue("q.fifo", QueueFixture.HIGH_THROUGHPUT);
    private final QueueModel model = new QueueModel(IN_FLIGHT_MAX);
    private final List<String> handles = new ArrayList<>();
    private final List<QueueModel.Receipt> modelHandles = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void queue_randomSteps_behavesAsTheModel(long seed) {
        play(seed);
    }

    @Test
    void queue_newSeedEachRun_behavesAsTheModel() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("QueueModelTest: run again with -Dseed=" + seed);
        play(seed);
    }

    private void play(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            String context = "seed " + seed + ", step " + step;
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> send(random, context);
                case 3, 4, 5 -> receive(random, context);
                case 6, 7 -> delete(random, context);
                case 8 -> changeVisibility(random, context);
                default -> cloud.time.advance(Duration.ofMillis(random.nextInt(20_000)));
            }
            model.advance(cloud.time.millis());
            QueueCounts counts = queue.counts();
            assertThat(counts.visible()).as(context).isEqualTo(model.visible());
            assertThat(counts.inFlight()).as(context).isEqualTo(model.inFlight());
            assertThat(counts.groups()).as(context).isEqualTo(model.groups());
        }
    }

    private void send(SplittableRandom random, String context) {
        String group = "g" + random.nextInt(GROUPS);
        String id = "id" + random.nextInt(IDS);
        SendOutcome outcome = QueueFixture.send(queue, group + ":" + id).getFirst();

        assertThat(outcome instanceof SendOutcome.Stored)
                .as(context)
                .isEqualTo(model.send(group, id, cloud.time.millis()));
    }

    private void receive(SplittableRandom random, String context) {
        int max = 1 + random.nextInt(10);
        int seconds = random.nextInt(60);
        List<Delivery> real = QueueFixture.receive(queue, max, seconds);
        List<QueueModel.Receipt> expected = model.receive(max, seconds, cloud.time.millis());

        assertThat(QueueFixture.bodies(real))
                .as(context)
                .containsExactlyElementsOf(
                        expected.stream().map(receipt -> receipt.message().id).toList());
        real.forEach(delivery -> handles.add(delivery.receiptHandle()));
        modelHandles.addAll(expected);
    }

    private void delete(SplittableRandom random, String context) {
        if (handles.isEmpty()) {
            return;
        }
        int chosen = choose(random);
        DeleteOutcome outcome = queue.delete(List.of(handles.get(chosen))).getFirst();

        assertThat(outcome).as(context).isEqualTo(model.delete(modelHandles.get(chosen), cloud.time.millis()));
    }

    private void changeVisibility(SplittableRandom random, String context) {
        if (handles.isEmpty()) {
            return;
        }
        int chosen = choose(random);
        int seconds = random.nextInt(60);
        VisibilityOutcome outcome = queue.changeVisibility(List.of(new VisibilityChange(handles.get(chosen), seconds)))
                .getFirst();

        assertThat(outcome)
                .as(context)
                .isEqualTo(model.changeVisibility(modelHandles.get(chosen), seconds, cloud.time.millis()));
    }

    /** Mostly a recent receipt, now and then an old one. */
    private int choose(SplittableRandom random) {
        int recent = Math.min(handles.size(), 15);
        return random.nextInt(8) == 0 ? random.nextInt(handles.size()) : handles.size() - 1 - random.nextInt(recent);
    }
}
