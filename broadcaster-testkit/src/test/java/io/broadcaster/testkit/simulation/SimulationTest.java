package io.broadcaster.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.task.TaskQueue;
import io.broadcaster.task.TaskQueue.Outgoing;
import io.broadcaster.task.TaskQueue.QueueException;
import io.broadcaster.testkit.simulation.Network.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class SimulationTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Simulation simulation = new Simulation(7, true);
    private final SimulatedProcess process = simulation.process("worker-1");
    private final List<String> seen = new ArrayList<>();

    @Test
    void sleep_anHour_takesNoRealTimeAndExactlyAnHour() {
        process.start("main", () -> {
            sleep(LONG);
            saw("slept");
        });

        simulation.run(LONG.plusSeconds(1), () -> false);

        assertThat(seen).containsExactly("slept 3600000");
    }

    @Test
    void waits_timeGoesByFirst_areFalse_elseTrue() {
        var latch = new CountDownLatch(1);
        var permits = new Semaphore(0);
        process.start("waits", () -> {
            saw("latch " + await(latch, Duration.ofMillis(10)));
            saw("permits " + acquire(permits, Duration.ofMillis(10)));
            saw("latch " + await(latch, LONG));
            saw("permits " + acquire(permits, LONG));
        });
        process.start("opens", () -> {
            sleep(Duration.ofMillis(50));
            latch.countDown();
            permits.release(2);
        });

        simulation.run(LONG, () -> false);

        assertThat(seen).containsExactly("latch false 10", "permits false 20", "latch true 50", "permits true 50");
    }

    @Test
    void interrupt_duringATimedWait_isSeenAsOne() {
        Thread sleeper = process.start("sleeps", () -> {
            try {
                process.clock().sleep(LONG);
            } catch (InterruptedException e) {
                saw("interrupted");
            }
        });
        process.start("interrupts", () -> {
            sleep(Duration.ofMillis(5));
            sleeper.interrupt();
        });

        simulation.run(LONG, () -> false);

        assertThat(seen).containsExactly("interrupted 5");
    }

    @Test
    void kill_threadsOfTheProcess_takeNoFurtherStep() {
        process.start("main", () -> {
            Thread.ofVirtual().start(() -> {
                sleep(Duration.ofMillis(20));
                saw("child");
            });
            sleep(Duration.ofMillis(5));
            saw("before");
            sleep(Duration.ofMillis(10));
            saw("after");
        });
        simulation.after(Duration.ofMillis(7), process::kill);

        simulation.run(LONG, () -> false);

        assertThat(seen).containsExactly("before 5");
    }

    @Test
    void freeze_untilThawed_timeGoesOnWithoutIt() {
        process.start("main", () -> {
            sleep(Duration.ofMillis(10));
            saw("late");
        });
        simulation.after(Duration.ofMillis(5), process::freeze);
        simulation.after(Duration.ofMillis(500), process::thaw);

        simulation.run(LONG, () -> false);

        assertThat(seen).containsExactly("late 500");
    }

    @Test
    void call_answerLost_hasItsEffectAndFails() {
        var queue = new SimulatedQueue(simulation, "queue", 5);
        queue.network().next("send", Fate.ANSWER_LOST, 0, 1);
        TaskQueue view = queue.from(process);
        process.start("main", () -> {
            try {
                view.send(List.of(new Outgoing("a", "body")));
            } catch (QueueException e) {
                saw(String.valueOf(e.getMessage()));
            }
        });

        simulation.run(Duration.ofSeconds(10), () -> false);

        assertThat(seen).hasSize(1).allMatch(line -> line.startsWith("send failed: answer lost"));
        assertThat(queue.depth().visible()).isEqualTo(1);
    }

    @Test
    void receive_whileAnotherHoldsTheMessage_getsItWhenItsVisibilityEnds() {
        var queue = new SimulatedQueue(simulation, "queue", 5);
        TaskQueue view = queue.from(process);
        process.start("main", () -> {
            view.send(List.of(new Outgoing("a", "body")));
            view.receive(10, Duration.ZERO, Duration.ofSeconds(3), new UUID(0, 1));
            var again = view.receive(10, Duration.ofSeconds(20), Duration.ofSeconds(3), new UUID(0, 2));
            seen.add("count " + again.getFirst().receiveCount() + " after "
                    + simulation.elapsed().toSeconds());
        });

        simulation.run(Duration.ofSeconds(30), () -> false);

        assertThat(seen).containsExactly("count 2 after 3");
    }

    @Test
    void run_sameSeed_sameTrace_otherSeed_another() {
        assertThat(traceOf(1)).isEqualTo(traceOf(1)).isNotEqualTo(traceOf(2));
    }

    private static long traceOf(long seed) {
        var simulation = new Simulation(seed, false);
        var queue = new SimulatedQueue(simulation, "queue", 5);
        for (int n = 0; n < 3; n++) {
            SimulatedProcess process = simulation.process("worker-" + n);
            process.loop(
                    "loop", Duration.ofMillis(10), () -> queue.from(process).depth());
        }
        simulation.run(Duration.ofSeconds(1), () -> false);
        return simulation.trace().hash();
    }

    private void saw(String what) {
        seen.add(what + " " + simulation.elapsed().toMillis());
    }

    private void sleep(Duration time) {
        try {
            process.clock().sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean await(CountDownLatch latch, Duration time) {
        try {
            return process.clock().await(latch, time);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean acquire(Semaphore permits, Duration time) {
        try {
            return process.clock().acquire(permits, 1, time);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
