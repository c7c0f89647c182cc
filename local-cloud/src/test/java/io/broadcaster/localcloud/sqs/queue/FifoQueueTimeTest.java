package io.broadcaster.localcloud.sqs.queue;

import static io.broadcaster.localcloud.sqs.queue.QueueFixture.HIGH_THROUGHPUT;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.bodies;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.receive;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.send;
import static io.broadcaster.localcloud.sqs.queue.QueueFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.localcloud.sqs.queue.FifoQueue.VisibilityChange;
import io.broadcaster.localcloud.sqs.queue.QueueFixture.Answer;
import io.broadcaster.localcloud.sqs.queue.QueueSettings.Redrive;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What time does to a queue; no test waits for any. */
final class FifoQueueTimeTest {
    private static final ReceiveRequest LONG_POLL = new ReceiveRequest(10, 30, 20, "");

    private final QueueFixture cloud = new QueueFixture();
    private final FifoQueue queue = cloud.queue("q.fifo", HIGH_THROUGHPUT);

    @Test
    void send_sameIdWithinFiveMinutes_duplicateWithTheFirstOnesNumbers() {
        SendOutcome first = send(queue, "g:a").getFirst();
        cloud.time.advance(Duration.ofMinutes(5).minusMillis(1));

        SendOutcome second = send(queue, "g:a").getFirst();

        assertThat(first)
                .isInstanceOfSatisfying(
                        SendOutcome.Stored.class,
                        stored -> assertThat(second)
                                .isEqualTo(new SendOutcome.Duplicate(stored.messageId(), stored.sequence())));
    }

    @Test
    void send_sameIdAfterFiveMinutes_storedAgain() {
        send(queue, "g:a");
        cloud.time.advance(Duration.ofMinutes(5));

        assertThat(send(queue, "g:a")).hasOnlyElementsOfType(SendOutcome.Stored.class);
    }

    @Test
    void send_duplicate_doesNotProlongTheWindow() {
        send(queue, "g:a");
        cloud.time.advance(Duration.ofMinutes(4));
        send(queue, "g:a");
        cloud.time.advance(Duration.ofMinutes(1));

        assertThat(send(queue, "g:a")).hasOnlyElementsOfType(SendOutcome.Stored.class);
    }

    @Test
    void time_fiveMinutesAfterTheLastDelete_nothingIsLeftInMemory() {
        for (int i = 0; i < 1_000; i++) {
            send(queue, "g" + i + ":a");
        }
        for (int i = 0; i < 100; i++) {
            List<Delivery> batch =
                    receive(queue, new ReceiveRequest(10, 30, 0, "attempt" + i)).delivered();
            queue.delete(batch.stream().map(Delivery::receiptHandle).toList());
        }
        assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0, 0, 0, 1_000, 100));

        cloud.time.advance(Duration.ofMinutes(5));

        assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0, 0, 0, 0, 0));
        assertThat(cloud.time.pendingWakes()).isZero();
    }

    @Test
    void visibility_passed_waiterGetsItWithoutAnyCall() {
        send(queue, "g:a");
        receive(queue, 1, 15);
        Answer waiting = receive(queue, LONG_POLL);

        cloud.time.advance(Duration.ofSeconds(14));
        assertThat(waiting.isPending()).isTrue();
        cloud.time.advance(Duration.ofSeconds(1));

        assertThat(waiting.delivered())
                .singleElement()
                .satisfies(again -> assertThat(again.receives()).isEqualTo(2));
    }

    @Test
    void visibility_zeroAtReceive_comesBackAtOnce() {
        send(queue, "g:a");

        assertThat(receive(queue, 1, 0)).hasSize(1);
        assertThat(receive(queue, 1, 0)).hasSize(1);
    }

    @Test
    void visibility_partOfABatchComesBack_groupWaitsForTheRest() {
        send(queue, "g:a", "g:b", "g:c");
        List<Delivery> batch = receive(queue, 10, 30);
        queue.changeVisibility(List.of(new VisibilityChange(batch.get(1).receiptHandle(), 0)));
        assertThat(receive(queue, 10, 30)).isEmpty();

        queue.delete(List.of(batch.get(0).receiptHandle()));
        assertThat(receive(queue, 10, 30)).isEmpty();
        queue.changeVisibility(List.of(new VisibilityChange(batch.get(2).receiptHandle(), 0)));

        assertThat(bodies(receive(queue, 10, 30))).containsExactly("b", "c");
    }

    @Test
    void delete_afterTheTimeOut_failsAndMessageStays() {
        send(queue, "g:a");
        String handle = receive(queue, 1, 30).getFirst().receiptHandle();
        cloud.time.advance(Duration.ofSeconds(30));

        assertThat(queue.delete(List.of(handle))).containsExactly(DeleteOutcome.RECEIPT_EXPIRED);
        assertThat(queue.counts().visible()).isEqualTo(1);
    }

    @Test
    void delete_anotherQueuesReceipt_invalid() {
        send(queue, "g:a");
        String handle = receive(queue, 1, 30).getFirst().receiptHandle();

        assertThat(cloud.queue("other.fifo", HIGH_THROUGHPUT).delete(List.of(handle)))
                .containsExactly(DeleteOutcome.RECEIPT_INVALID);
    }

    @Test
    void changeVisibility_pastTwelveHoursFromTheReceive_refused() {
        send(queue, "g:a");
        String handle = receive(queue, 1, 43_200).getFirst().receiptHandle();
        cloud.time.advance(Duration.ofHours(6));

        assertThat(queue.changeVisibility(List.of(new VisibilityChange(handle, 6 * 3600 + 1))))
                .containsExactly(VisibilityOutcome.BEYOND_TWELVE_HOURS);
        assertThat(queue.changeVisibility(List.of(new VisibilityChange(handle, 6 * 3600))))
                .containsExactly(VisibilityOutcome.CHANGED);
    }

    @Test
    void changeVisibility_afterTheTimeOut_notInFlight() {
        send(queue, "g:a");
        String handle = receive(queue, 1, 30).getFirst().receiptHandle();
        cloud.time.advance(Duration.ofSeconds(30));

        assertThat(queue.changeVisibility(List.of(new VisibilityChange(handle, 10))))
                .containsExactly(VisibilityOutcome.NOT_IN_FLIGHT);
    }

    @Test
    void attempt_repeated_sameReceiptsAndVisibilityStartsAnew() {
        send(queue, "g:a", "g:b");
        ReceiveRequest request = new ReceiveRequest(10, 30, 0, "attempt");
        List<Delivery> first = receive(queue, request).delivered();
        cloud.time.advance(Duration.ofSeconds(20));

        assertThat(receive(queue, request).delivered()).isEqualTo(first);

        cloud.time.advance(Duration.ofSeconds(20));
        assertThat(queue.counts().inFlight()).isEqualTo(2);
    }

    @Test
    void attempt_oneMessageChanged_spent() {
        send(queue, "g:a", "g:b");
        ReceiveRequest request = new ReceiveRequest(10, 30, 0, "attempt");
        List<Delivery> first = receive(queue, request).delivered();
        queue.changeVisibility(List.of(new VisibilityChange(first.get(0).receiptHandle(), 60)));

        assertThat(receive(queue, request).outcome()).isEqualTo(new ReceiveOutcome.AttemptSpent());
    }

    @Test
    void attempt_visibilityPassed_spent() {
        send(queue, "g:a");
        ReceiveRequest request = new ReceiveRequest(10, 30, 0, "attempt");
        receive(queue, request);
        cloud.time.advance(Duration.ofSeconds(30));

        assertThat(receive(queue, request).outcome()).isEqualTo(new ReceiveOutcome.AttemptSpent());
    }

    @Test
    void attempt_fiveMinutesLater_aNewReceive() {
        send(queue, "g:a");
        ReceiveRequest request = new ReceiveRequest(10, 600, 0, "attempt");
        receive(queue, request);
        cloud.time.advance(Duration.ofMinutes(5));
        send(queue, "h:b");

        assertThat(bodies(receive(queue, request).delivered())).containsExactly("b");
    }

    @Test
    void attempt_repeatedWhileTheFirstWaits_theFirstIsLetGo() {
        ReceiveRequest request = new ReceiveRequest(10, 30, 20, "attempt");
        Answer lost = receive(queue, request);

        Answer again = receive(queue, request);
        send(queue, "g:a");

        assertThat(lost.delivered()).isEmpty();
        assertThat(bodies(again.delivered())).containsExactly("a");
    }

    @Test
    void waiters_several_servedInTheOrderTheyCame() {
        Answer first = receive(queue, new ReceiveRequest(1, 30, 20, ""));
        Answer second = receive(queue, new ReceiveRequest(1, 30, 20, ""));

        send(queue, "g:a", "h:b");

        assertThat(bodies(first.delivered())).containsExactly("a");
        assertThat(bodies(second.delivered())).containsExactly("b");
    }

    @Test
    void waiter_nothingInTime_emptyAnswerAtItsEnd() {
        Answer waiting = receive(queue, LONG_POLL);
        cloud.time.advance(Duration.ofSeconds(19));
        assertThat(waiting.isPending()).isTrue();

        cloud.time.advance(Duration.ofSeconds(1));

        assertThat(waiting.delivered()).isEmpty();
        assertThat(queue.counts().waiters()).isZero();
    }

    @Test
    void waiter_cancelled_neverAnsweredAndTakesNothing() {
        Answer waiting = receive(queue, LONG_POLL);
        waiting.ticket.cancel();

        send(queue, "g:a");

        assertThat(waiting.isPending()).isTrue();
        assertThat(queue.counts().visible()).isEqualTo(1);
    }

    @Test
    void waiter_queueDeleted_toldSo() {
        Answer waiting = receive(queue, LONG_POLL);

        cloud.registry.delete("q.fifo");

        assertThat(waiting.outcome()).isEqualTo(new ReceiveOutcome.QueueGone());
    }

    @Test
    void waiters_beyondTheBound_refused() {
        QueueFixture small = new QueueFixture(new QueueLimits(10, 1, 10));
        FifoQueue bounded = small.queue("q.fifo", HIGH_THROUGHPUT);
        receive(bounded, LONG_POLL);

        assertThat(receive(bounded, LONG_POLL).outcome()).isEqualTo(new ReceiveOutcome.TooManyWaiters(1));
    }

    @Test
    void inFlight_atItsBound_noErrorAndNoMessageUntilADelete() {
        FifoQueue bounded = new QueueFixture(new QueueLimits(2, 10, 10)).queue("q.fifo", HIGH_THROUGHPUT);
        send(bounded, "g:a", "h:b", "i:c");
        List<Delivery> two = receive(bounded, 10, 30);
        assertThat(two).hasSize(2);
        Answer waiting = receive(bounded, LONG_POLL);
        assertThat(waiting.isPending()).isTrue();

        bounded.delete(List.of(two.getFirst().receiptHandle()));

        assertThat(bodies(waiting.delivered())).containsExactly("c");
    }

    @Test
    void messages_beyondTheBound_refused() {
        FifoQueue bounded = new QueueFixture(new QueueLimits(2, 10, 1)).queue("q.fifo", HIGH_THROUGHPUT);

        assertThat(send(bounded, "g:a", "g:b"))
                .element(1)
                .isEqualTo(new SendOutcome.Refused(SendOutcome.Why.QUEUE_FULL));
    }

    @Test
    void delay_ofTheQueue_waiterGetsItWhenItEnds() {
        FifoQueue delayed = cloud.queue("delayed.fifo", with(HIGH_THROUGHPUT, 10, 345_600, new Redrive.Never()));
        send(delayed, "g:a");
        Answer waiting = receive(delayed, LONG_POLL);
        assertThat(delayed.counts().delayed()).isEqualTo(1);

        cloud.time.advance(Duration.ofSeconds(10));

        assertThat(bodies(waiting.delivered())).containsExactly("a");
    }

    @Test
    void delay_shortened_holdsForMessagesAlreadyThere() {
        FifoQueue delayed = cloud.queue("delayed.fifo", with(HIGH_THROUGHPUT, 900, 345_600, new Redrive.Never()));
        send(delayed, "g:a");

        cloud.registry.changeSettings(
                "delayed.fifo", with(HIGH_THROUGHPUT, 0, 345_600, new Redrive.Never()), java.util.Map.of());

        assertThat(receive(delayed, 1, 30)).hasSize(1);
    }

    @Test
    void retention_passed_messageIsGoneWaitingOrInFlight() {
        FifoQueue brief = cloud.queue("brief.fifo", with(HIGH_THROUGHPUT, 0, 60, new Redrive.Never()));
        send(brief, "g:a", "h:b");
        receive(brief, 1, 43_200);

        cloud.time.advance(Duration.ofSeconds(60));

        assertThat(brief.counts().visible()).isZero();
        assertThat(brief.counts().inFlight()).isZero();
        assertThat(brief.counts().groups()).isZero();
    }
}
