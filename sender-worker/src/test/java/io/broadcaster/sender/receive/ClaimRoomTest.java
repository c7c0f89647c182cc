package io.broadcaster.sender.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.testkit.Await;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClaimRoomTest {
    private final ClaimRoom room = new ClaimRoom(500, InstantSource.system());
    private final AtomicBoolean held = new AtomicBoolean(true);

    @Test
    void enter_noRoom_waitsUntilAnotherLeaves() throws InterruptedException {
        assertThat(room.enter(500, held::get)).isTrue();
        assertThat(room.enter(400, held::get)).isTrue();
        CompletableFuture<Boolean> third = entering(200);
        assertThat(room.devices()).isEqualTo(900);

        room.leave(400);

        assertThat(third.join()).isTrue();
        assertThat(room.devices()).isEqualTo(700);
    }

    @Test
    void enter_messageLostWhileItWaits_takesNothing() throws InterruptedException {
        assertThat(room.enter(1_000, held::get)).isTrue();
        CompletableFuture<Boolean> second = entering(1);

        held.set(false);

        assertThat(second.join()).isFalse();
        assertThat(room.devices()).isEqualTo(1_000);
    }

    @Test
    void enter_batchLargerThanTheRoom_goesAlone() throws InterruptedException {
        var narrow = new ClaimRoom(100, InstantSource.system());
        assertThat(narrow.enter(500, held::get)).isTrue();
        assertThat(narrow.devices()).isEqualTo(narrow.devicesMax()).isEqualTo(200);

        narrow.leave(500);

        assertThat(narrow.devices()).isZero();
    }

    /** Enters on a thread of its own, which waits when this returns. */
    private CompletableFuture<Boolean> entering(int devices) {
        var entered = new CompletableFuture<Boolean>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                entered.complete(room.enter(devices, held::get));
            } catch (InterruptedException e) {
                entered.completeExceptionally(e);
            }
        });
        Await.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return entered;
    }
}
