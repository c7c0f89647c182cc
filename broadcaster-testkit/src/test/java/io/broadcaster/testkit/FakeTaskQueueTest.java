package io.broadcaster.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Depth;
import io.broadcaster.task.TaskQueue.FailedEntry;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.task.TaskQueue.Received;
import io.broadcaster.testkit.FakeTaskQueue.Call;
import io.broadcaster.testkit.contract.TaskQueueContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract, the rules that need a moved clock, and its planned faults. */
final class FakeTaskQueueTest extends TaskQueueContract {
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final TestClock clock = TestClock.atFixtures();
    private final FakeTaskQueue queue = new FakeTaskQueue(clock);
    private long attempts;

    @Override
    protected TaskQueue newQueue() {
        return new FakeTaskQueue(InstantSource.system(), MAX_RECEIVE_COUNT);
    }

    @Test
    void send_sameIdAfterFiveMinutes_isASecondMessage() {
        send("a");
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        send("a");
        assertThat(queue.accepted()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        send("a");
        assertThat(queue.accepted()).isEqualTo(2);
    }

    @Test
    void receive_secondMessageOfAHeldGroup_waitsForTheFirst() {
        send("a");
        List<Received> first = receive();
        clock.advance(Duration.ofMinutes(5));
        queue.extend(List.of(first.getFirst().receipt()), HOLD);
        List<Received> again = receive();
        send("a");

        assertThat(again).hasSize(1);
        assertThat(receive()).isEmpty();
        queue.delete(List.of(again.getFirst().receipt()));
        assertThat(receive()).hasSize(1);
    }

    @Test
    void receive_sameAttemptAfterFiveMinutes_isANewReceive() {
        send("a");
        var attempt = new UUID(0, 99);
        assertThat(queue.receive(10, Duration.ZERO, HOLD, attempt)).hasSize(1);
        clock.advance(Duration.ofMinutes(5));

        assertThat(queue.receive(10, Duration.ZERO, HOLD, attempt))
                .singleElement()
                .extracting(Received::receiveCount)
                .isEqualTo(2);
    }

    @Test
    void delete_afterTheVisibilityEnded_failsThoughNobodyElseHasIt() {
        send("a");
        Received received = receive().getFirst();
        clock.advance(HOLD);

        assertThat(queue.delete(List.of(received.receipt())))
                .containsExactly(new FailedEntry(0, "InvalidParameterValue", true));
        assertThat(queue.depth()).isEqualTo(new Depth(1, 0, 0));
    }

    @Test
    void failCalls_send_hasNoEffect() {
        queue.failCalls(Call.SEND, 1);

        assertThatThrownBy(() -> send("a")).isInstanceOf(QueueException.class);
        assertThat(queue.bodies()).isEmpty();
        send("a");
        assertThat(queue.bodies()).containsExactly("body of a");
    }

    @Test
    void loseAnswers_receive_holdsTheMessagesForTheSameAttempt() {
        send("a");
        queue.loseAnswers(Call.RECEIVE, 1);
        var attempt = new UUID(0, 7);

        assertThatThrownBy(() -> queue.receive(10, Duration.ZERO, HOLD, attempt))
                .isInstanceOf(QueueException.class);
        assertThat(receive()).isEmpty();
        assertThat(queue.receive(10, Duration.ZERO, HOLD, attempt)).hasSize(1);
    }

    @Test
    void refuseEntries_send_failsJustThose() {
        queue.refuseEntries(Call.SEND, 1);

        List<FailedEntry> failed = queue.send(List.of(new Outgoing("a", "1"), new Outgoing("b", "2")));

        assertThat(failed).containsExactly(new FailedEntry(0, "InternalError", false));
        assertThat(queue.bodies()).containsExactly("2");
    }

    private void send(String id) {
        assertThat(queue.send(List.of(new Outgoing(id, "body of " + id)))).isEmpty();
    }

    private List<Received> receive() {
        return queue.receive(10, Duration.ZERO, HOLD, new UUID(1, ++attempts));
    }
}
