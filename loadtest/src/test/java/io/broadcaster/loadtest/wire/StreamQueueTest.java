package io.broadcaster.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StreamQueueTest {
    @Test
    void remove_afterAnyMixOfAdds_isFirstComeFirstServed() {
        long seed = 11;
        var random = new SplittableRandom(seed);
        var queue = new StreamQueue();
        var model = new ArrayDeque<Integer>();
        for (int step = 0; step < 100_000; step++) {
            if (model.isEmpty() || random.nextInt(100) < 51) {
                queue.add(step, 2L * step);
                model.add(step);
            } else {
                assertThat(queue.firstDue()).as("seed %d step %d", seed, step).isEqualTo(2L * model.element());
                assertThat(queue.remove()).as("seed %d step %d", seed, step).isEqualTo(model.remove());
            }
        }
        assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
    }
}
