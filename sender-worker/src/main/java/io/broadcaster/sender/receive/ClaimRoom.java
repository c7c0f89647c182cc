package io.broadcaster.sender.receive;

import io.broadcaster.task.WaitingClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Room for the devices of batches that are claimed before they are sent. When their sender dies they become unknown, sent or
 * not: therefore no more are claimed than its connections can have under way, and as many again to hide the claim's round trip.
 * Bound: twice {@code outstandingMax} devices, or one batch where that is more. Any thread.
 */
final class ClaimRoom {
    /** Whether the message is still ours is looked at so often. */
    private static final Duration TICK = Duration.ofMillis(250);

    private final int devicesMax;
    private final Semaphore free;
    private final WaitingClock clock;

    ClaimRoom(int outstandingMax, InstantSource clock) {
        devicesMax = (int) Math.min(2L * outstandingMax, Integer.MAX_VALUE);
        free = new Semaphore(devicesMax);
        this.clock = WaitingClock.of(clock);
    }

    /** Takes room for the devices of a batch, once there is any; false when the message was lost before. */
    boolean enter(int devices, BooleanSupplier held) throws InterruptedException {
        int permits = permits(devices);
        boolean entered = free.tryAcquire(permits);
        while (!entered && held.getAsBoolean()) {
            entered = clock.acquire(free, permits, TICK);
        }
        return entered;
    }

    /** Gives back what {@link #enter} took. */
    void leave(int devices) {
        free.release(permits(devices));
    }

    /** Devices that have room now. */
    int devices() {
        return devicesMax - free.availablePermits();
    }

    /** The bound. */
    int devicesMax() {
        return devicesMax;
    }

    /** A batch that is larger than all the room takes it all. */
    private int permits(int devices) {
        return Math.min(devices, devicesMax);
    }
}
