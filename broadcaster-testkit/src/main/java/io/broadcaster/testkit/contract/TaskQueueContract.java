package io.broadcaster.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Depth;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.Receipt;
import io.broadcaster.task.TaskQueue.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TaskQueue} does, in real time. What takes five minutes to show (a second message of a group) is tested
 * on virtual clocks elsewhere.
 */
public abstract class TaskQueueContract {
    /** The queue under test lets a message be received this often. */
    protected static final int MAX_RECEIVE_COUNT = 3;

    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Duration LONG_WAIT = Duration.ofSeconds(10);
    private static final Duration LONG_HOLD = Duration.ofSeconds(60);
    private static final Duration SHORT_HOLD = Duration.ofSeconds(1);

    private long attempts;

    /** A new, empty queue with {@link #MAX_RECEIVE_COUNT}. */
    protected abstract TaskQueue newQueue();

    @Test
    void receive_sentMessage_bringsBodyCountAndTime() {
        TaskQueue queue = newQueue();
        Instant before = Instant.now();
        assertThat(queue.send(messages(1))).isEmpty();

        Received received = receiveOne(queue, LONG_WAIT, LONG_HOLD);

        assertThat(received.body()).isEqualTo("body 0");
        assertThat(received.receiveCount()).isEqualTo(1);
        assertThat(received.sentAt()).isBetween(before.minusSeconds(5), before.plusSeconds(30));
    }

    @Test
    void receive_emptyQueue_isEmptyAfterTheWait() {
        assertThat(receive(newQueue(), 10, NO_WAIT, LONG_HOLD)).isEmpty();
    }

    @Test
    void receive_messageSentDuringTheWait_comesBeforeItsEnd() throws Exception {
        TaskQueue queue = newQueue();
        List<Integer> counts = Race.of(2, racer -> {
            if (racer == 0) {
                return receive(queue, 10, Duration.ofSeconds(20), LONG_HOLD).size();
            }
            queue.send(messages(1));
            return 0;
        });

        assertThat(counts).containsExactly(1, 0);
    }

    @Test
    void receive_manyGroups_bringsEachMessageOnceTenAtMostPerCall() {
        TaskQueue queue = newQueue();
        queue.send(messages(0, 10));
        queue.send(messages(10, 20));
        queue.send(messages(20, 25));

        var bodies = new ArrayList<String>();
        while (bodies.size() < 25) {
            List<Received> received = receive(queue, 10, LONG_WAIT, LONG_HOLD);
            assertThat(received).hasSizeBetween(1, 10);
            received.forEach(each -> bodies.add(each.body()));
        }

        assertThat(bodies)
                .containsExactlyInAnyOrderElementsOf(
                        messages(0, 25).stream().map(Outgoing::body).toList());
        assertThat(receive(queue, 10, NO_WAIT, LONG_HOLD)).isEmpty();
    }

    @Test
    void receive_sameAttemptAgain_bringsTheSameMessages() {
        TaskQueue queue = newQueue();
        queue.send(messages(4));
        UUID attempt = attempt();

        List<Received> first = queue.receive(2, LONG_WAIT, LONG_HOLD, attempt);
        List<Received> again = queue.receive(2, LONG_WAIT, LONG_HOLD, attempt);

        assertThat(again)
                .extracting(Received::body)
                .isEqualTo(first.stream().map(Received::body).toList());
        assertThat(queue.delete(again.stream().map(Received::receipt).toList())).isEmpty();
        assertThat(receive(queue, 10, LONG_WAIT, LONG_HOLD))
                .hasSize(2)
                .extracting(Received::body)
                .doesNotContainAnyElementsOf(first.stream().map(Received::body).toList());
    }

    @Test
    void receive_visibilityRanOut_comesAgainWithTheNextCount() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        receiveOne(queue, LONG_WAIT, SHORT_HOLD);

        assertThat(receiveOne(queue, LONG_WAIT, LONG_HOLD).receiveCount()).isEqualTo(2);
    }

    @Test
    void receive_heldMessage_isNotHandedOutTwice() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        receiveOne(queue, LONG_WAIT, LONG_HOLD);

        assertThat(receive(queue, 10, NO_WAIT, LONG_HOLD)).isEmpty();
    }

    @Test
    void receive_moreOftenThanAllowed_putsTheMessageIntoTheDeadLetters() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        for (int count = 1; count <= MAX_RECEIVE_COUNT; count++) {
            Received received = receiveOne(queue, LONG_WAIT, LONG_HOLD);
            assertThat(received.receiveCount()).isEqualTo(count);
            queue.extend(List.of(received.receipt()), Duration.ZERO);
        }

        assertThat(receive(queue, 10, SHORT_HOLD, LONG_HOLD)).isEmpty();
        assertThat(Eventually.get(queue::depth, depth -> depth.deadLetters() == 1))
                .isEqualTo(new Depth(0, 0, 1));
    }

    @Test
    void send_sameIdTwice_isOneMessage() {
        TaskQueue queue = newQueue();
        assertThat(queue.send(messages(1))).isEmpty();
        assertThat(queue.send(messages(1))).isEmpty();

        receiveOne(queue, LONG_WAIT, LONG_HOLD);

        assertThat(receive(queue, 10, NO_WAIT, LONG_HOLD)).isEmpty();
        assertThat(Eventually.get(queue::depth, depth -> depth.inFlight() == 1)).isEqualTo(new Depth(0, 1, 0));
    }

    @Test
    void send_sameIdAfterItsDelete_isStillDropped() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        queue.delete(List.of(receiveOne(queue, LONG_WAIT, LONG_HOLD).receipt()));

        assertThat(queue.send(messages(1))).isEmpty();

        assertThat(receive(queue, 10, SHORT_HOLD, LONG_HOLD)).isEmpty();
    }

    @Test
    void send_moreThanACallTakes_isRefused() {
        assertThatThrownBy(() -> newQueue().send(messages(0, 11))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void delete_heldMessage_isGone() {
        TaskQueue queue = newQueue();
        queue.send(messages(3));
        List<Received> received = new ArrayList<>();
        while (received.size() < 3) {
            received.addAll(receive(queue, 10, LONG_WAIT, LONG_HOLD));
        }

        assertThat(queue.delete(received.stream().map(Received::receipt).toList()))
                .isEmpty();
        assertThat(Eventually.get(queue::depth, new Depth(0, 0, 0)::equals)).isEqualTo(new Depth(0, 0, 0));
    }

    @Test
    void delete_afterAnotherDelivery_failsAndKeepsTheMessage() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        Received late = receiveOne(queue, LONG_WAIT, SHORT_HOLD);
        Received current = receiveOne(queue, LONG_WAIT, LONG_HOLD);

        assertThat(queue.delete(List.of(late.receipt())))
                .singleElement()
                .extracting(FailedEntry::index)
                .isEqualTo(0);
        assertThat(queue.delete(List.of(current.receipt()))).isEmpty();
    }

    @Test
    void delete_oneBadReceiptAmongGood_failsAlone() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        Received received = receiveOne(queue, LONG_WAIT, LONG_HOLD);

        List<FailedEntry> failed = queue.delete(List.of(new Receipt("no-such-receipt"), received.receipt()));

        assertThat(failed).extracting(FailedEntry::index).containsExactly(0);
        assertThat(Eventually.get(queue::depth, new Depth(0, 0, 0)::equals)).isEqualTo(new Depth(0, 0, 0));
    }

    @Test
    void extend_zero_givesTheMessageBackAtOnce() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        Received received = receiveOne(queue, LONG_WAIT, LONG_HOLD);

        assertThat(queue.extend(List.of(received.receipt()), Duration.ZERO)).isEmpty();

        assertThat(receiveOne(queue, LONG_WAIT, LONG_HOLD).receiveCount()).isEqualTo(2);
    }

    @Test
    void extend_longer_holdsTheMessageBeyondItsFirstVisibility() {
        TaskQueue queue = newQueue();
        queue.send(messages(1));
        Received received = receiveOne(queue, LONG_WAIT, SHORT_HOLD);

        assertThat(queue.extend(List.of(received.receipt()), LONG_HOLD)).isEmpty();

        assertThat(receive(queue, 10, SHORT_HOLD.plusSeconds(1), LONG_HOLD)).isEmpty();
        assertThat(queue.delete(List.of(received.receipt()))).isEmpty();
    }

    @Test
    void depth_waitingAndHeldMessages_areCountedApart() {
        TaskQueue queue = newQueue();
        queue.send(messages(5));
        receive(queue, 2, LONG_WAIT, LONG_HOLD);

        assertThat(Eventually.get(queue::depth, new Depth(3, 2, 0)::equals)).isEqualTo(new Depth(3, 2, 0));
    }

    private Received receiveOne(TaskQueue queue, Duration wait, Duration visibility) {
        List<Received> received = receive(queue, 10, wait, visibility);
        assertThat(received).hasSize(1);
        return received.getFirst();
    }

    private List<Received> receive(TaskQueue queue, int max, Duration wait, Duration visibility) {
        return queue.receive(max, wait, visibility, attempt());
    }

    private UUID attempt() {
        return new UUID(getClass().getName().hashCode(), ++attempts);
    }

    private static List<Outgoing> messages(int count) {
        return messages(0, count);
    }

    private static List<Outgoing> messages(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Outgoing("launch/2/ios/" + i, "body " + i))
                .toList();
    }
}
