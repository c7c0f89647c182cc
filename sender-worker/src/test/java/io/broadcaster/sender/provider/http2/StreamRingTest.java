package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StreamRingTest {
    private static final long SEED = 7;
    private static final Attempt ATTEMPT = Attempt.warmUp(RequestForm.withoutToken(List.of(), ""));
    private final StreamRing ring = new StreamRing();

    @Test
    void open_first_isOneThenThree() {
        assertThat(ring.idle(1)).isTrue();
        assertThat(ring.open(ATTEMPT, 0, 0)).isEqualTo(1);
        assertThat(ring.open(ATTEMPT, 1, 0)).isEqualTo(3);
        assertThat(ring.idle(1)).isFalse();
        assertThat(ring.idle(2)).isTrue();
        assertThat(ring.idle(5)).isTrue();
        assertThat(ring.attempt(2)).isNull();
        assertThat(ring.attempt(5)).isNull();
    }

    @Test
    void openAndClose_randomOrder_isAsAMap() {
        var random = new Random(SEED);
        var known = new HashMap<Integer, Integer>();
        var open = new ArrayList<Integer>();
        for (int step = 0; step < 60_000; step++) {
            if (open.isEmpty() || random.nextInt(100) < (step < 30_000 ? 55 : 45)) {
                int id = ring.open(ATTEMPT, step, step + 1);
                if (step % 3 == 0) {
                    ring.succeed(id);
                }
                known.put(id, step);
                open.add(id);
            } else {
                // mostly the newest, so that old ones make the ring span far
                int at = random.nextInt(10) == 0 ? random.nextInt(open.size()) : open.size() - 1;
                int id = open.get(at);
                open.set(at, open.getLast());
                open.removeLast();
                ring.close(id);
                known.remove(id);
                assertThat(ring.attempt(id)).isNull();
            }
            assertThat(ring.open()).as("seed " + SEED).isEqualTo(known.size());
        }
        checkAll(known);
        assertThat(ring.oldest())
                .isEqualTo(known.keySet().stream().min(Integer::compare).orElse(ring.next()));
    }

    private void checkAll(Map<Integer, Integer> known) {
        for (int id = 1; id < ring.next(); id += 2) {
            Integer index = known.get(id);
            if (index == null) {
                assertThat(ring.attempt(id)).isNull();
            } else {
                assertThat(ring.attempt(id)).isSameAs(ATTEMPT);
                assertThat(ring.index(id)).isEqualTo(index);
                assertThat(ring.openedAt(id)).isEqualTo(index + 1);
                assertThat(ring.succeeded(id)).isEqualTo(index % 3 == 0);
            }
        }
    }

    @Test
    void room_oneSlowStream_endsAtTheSpanAndComesBack() {
        int slow = ring.open(ATTEMPT, 0, 0);
        while (ring.room() > 0) {
            ring.close(ring.open(ATTEMPT, 1, 0));
        }

        assertThat(ring.next() - slow).isEqualTo(2 * StreamRing.SPAN_MAX);
        assertThat(ring.attempt(slow)).isSameAs(ATTEMPT);
        ring.close(slow);
        assertThat(ring.room()).isEqualTo(StreamRing.SPAN_MAX);
        assertThat(ring.oldest()).isEqualTo(ring.next());
    }

    @Test
    void exhausted_idsUsedUp_hasNoRoomAndNoIdBeyondTheProtocol() {
        int before = 1_000;
        var old = new StreamRing(StreamRing.ID_MAX - 2 * before);
        int opened = 0;
        while (old.room() > 0) {
            old.close(old.open(ATTEMPT, 0, 0));
            opened++;
        }

        assertThat(opened).isEqualTo(before);
        assertThat(old.exhausted()).isTrue();
        // one more turn stays below 2^31
        assertThat(old.next() + 2 * StreamRing.SPAN_MAX).isPositive();
    }
}
