package io.broadcaster.localcloud.sqs.queue;

import static io.broadcaster.localcloud.sqs.queue.QueueFixture.HIGH_THROUGHPUT;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.bodies;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.receive;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.send;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.localcloud.sqs.queue.MoveTask.Status;
import io.broadcaster.localcloud.sqs.queue.MoveTasks.Cancellation;
import io.broadcaster.localcloud.sqs.queue.QueueFixture.Answer;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.Redrive;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The way into a dead-letter queue, and back. */
final class DeadLettersTest {
    private static final int RECEIVES_MAX = 2;

    private final QueueFixture cloud = new QueueFixture();
    private final FifoQueue dead = cloud.queue("dead.fifo", HIGH_THROUGHPUT);
    private final FifoQueue source = cloud.queue(
            "source.fifo", with(HIGH_THROUGHPUT, 0, 345_600, new Redrive.DeadLetter(dead.arn(), RECEIVES_MAX)));
    private final MoveTasks moves = new MoveTasks(cloud.registry, cloud.time, new SplittableRandom(3));

    @Test
    void receive_afterTheLastAllowed_movedInOrderWithCountAndOrigin() {
        send(source, "g:a", "g:b", "h:c");
        exhaust();

        List<Delivery> letters = receive(dead, 10, 30);

        assertThat(bodies(letters)).containsExactly("a", "b", "c");
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.receives()).isEqualTo(RECEIVES_MAX + 1);
            assertThat(letter.envelope().deadLetterSourceArn()).isEqualTo(source.arn());
            assertThat(letter.envelope().deduplicationId())
                    .isEqualTo(letter.envelope().messageId());
        });
        assertThat(source.counts()).isEqualTo(new QueueCounts(0, 0, 0, 0, 0, 3, 0));
    }

    @Test
    void receive_headMoved_nextOfTheGroupIsDelivered() {
        send(source, "g:a");
        IntStream.range(0, RECEIVES_MAX).forEach(i -> receive(source, 1, 0));
        send(source, "g:b");

        assertThat(bodies(receive(source, 1, 30))).containsExactly("b");
        assertThat(dead.counts().visible()).isEqualTo(1);
    }

    @Test
    void receive_twoDeadLettersOfOneDeduplicationId_bothKept() {
        send(source, "g:same", "h:same");
        exhaust();

        assertThat(dead.counts().visible()).isEqualTo(2);
    }

    @Test
    void receive_deadLetterQueueDeleted_keepsDelivering() {
        send(source, "g:a");
        cloud.registry.delete("dead.fifo");
        exhaust();

        assertThat(receive(source, 1, 30)).hasSize(1);
    }

    @Test
    void receive_waitingOnTheDeadLetterQueue_wakes() {
        Answer waiting = receive(dead, new ReceiveRequest(10, 30, 20, ""));
        send(source, "g:a");
        exhaust();

        assertThat(bodies(waiting.delivered())).containsExactly("a");
    }

    @Test
    void move_noDestination_backAsNewMessagesInOrder() {
        send(source, "g:a", "g:b", "h:c");
        exhaust();

        MoveTask task = start("", 0);
        cloud.time.advance(Duration.ofMillis(1));

        List<Delivery> back = receive(source, 10, 30);
        assertThat(bodies(back)).containsExactly("a", "b", "c");
        assertThat(back).allSatisfy(message -> assertThat(message.receives()).isEqualTo(1));
        assertThat(moves.list(dead.arn())).singleElement().satisfies(done -> {
            assertThat(done.handle()).isEqualTo(task.handle());
            assertThat(done.status()).isEqualTo(Status.COMPLETED);
            assertThat(done.moved()).isEqualTo(3);
        });
    }

    @Test
    void move_rateGiven_takesItsTime() {
        sendDead(10);
        start("", 2);

        cloud.time.advance(Duration.ofSeconds(2));
        assertThat(source.counts().visible()).isBetween(4, 5);
        cloud.time.advance(Duration.ofSeconds(3));

        assertThat(source.counts().visible()).isEqualTo(10);
        assertThat(moves.list(dead.arn()).getFirst().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void move_otherDestination_goesThere() {
        FifoQueue other = cloud.queue("other.fifo", HIGH_THROUGHPUT);
        sendDead(3);

        start(other.arn(), 0);
        cloud.time.advance(Duration.ofMillis(1));

        assertThat(other.counts().visible()).isEqualTo(3);
        assertThat(source.counts().visible()).isZero();
    }

    @Test
    void move_cancelled_stopsWhereItIs() {
        sendDead(10);
        MoveTask task = start("", 1);
        cloud.time.advance(Duration.ofSeconds(3));

        Cancellation cancellation = moves.cancel(task.handle());
        cloud.time.advance(Duration.ofSeconds(10));

        int moved = source.counts().visible();
        assertThat(cancellation).isEqualTo(new Cancellation.Cancelled(moved));
        assertThat(dead.counts().visible()).isEqualTo(10 - moved);
        assertThat(moves.cancel(task.handle())).isEqualTo(new Cancellation.NotRunning());
        assertThat(moves.cancel("nobody")).isEqualTo(new Cancellation.Unknown());
    }

    @Test
    void move_whileOneRuns_refused() {
        sendDead(10);
        start("", 1);

        assertThat(moves.start(dead.arn(), "", 1)).isNull();
    }

    @Test
    void move_messageSentStraightToTheDeadLetterQueue_failsAndKeepsIt() {
        send(dead, "g:stranger");

        start("", 0);
        cloud.time.advance(Duration.ofMillis(1));

        assertThat(moves.list(dead.arn()).getFirst())
                .extracting(MoveTask::status, MoveTask::failure)
                .containsExactly(Status.FAILED, "CouldNotDetermineMessageSource");
        assertThat(dead.counts().visible()).isEqualTo(1);
    }

    private MoveTask start(String destinationArn, int rate) {
        return Objects.requireNonNull(moves.start(dead.arn(), destinationArn, rate));
    }

    private void sendDead(int messages) {
        IntStream.range(0, messages).forEach(i -> send(source, "g" + i + ":m" + i));
        exhaust();
    }

    private void exhaust() {
        int rounds = (RECEIVES_MAX + 1) * 2;
        IntStream.range(0, rounds).forEach(i -> receive(source, 10, 0));
    }
}
