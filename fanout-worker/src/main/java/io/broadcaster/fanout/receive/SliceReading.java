package io.broadcaster.fanout.receive;

import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.task.SliceTask;
import io.broadcaster.task.Slicing;
import io.broadcaster.task.TaskCodec;
import io.broadcaster.task.TaskQueue.Received;
import java.util.Objects;

/** What a message of tier 1 says. */
sealed interface SliceReading {
    /** A slice of sane size. */
    record Read(SliceTask slice) implements SliceReading {}

    /** Not a slice that this version knows; {@code why} quotes at most 80 characters of it. */
    record Unreadable(String why) implements SliceReading {}

    static SliceReading of(Received message) {
        try {
            SliceTask slice = TaskCodec.readSlice(message.body());
            requireSaneSize(slice);
            return new Read(slice);
        } catch (InvalidInput e) {
            return new Unreadable(Objects.requireNonNullElse(e.getMessage(), e.field()));
        }
    }

    private static void requireSaneSize(SliceTask slice) {
        if (slice.batches() < 1 || slice.batches() > Slicing.BATCHES_PER_SLICE_MAX) {
            throw new InvalidInput(
                    "task.batches", "must be from 1 to " + Slicing.BATCHES_PER_SLICE_MAX, slice.batches());
        }
        if (slice.firstBatch() > Integer.MAX_VALUE - slice.batches()) {
            throw new InvalidInput("task.first", "must leave room for the batches", slice.firstBatch());
        }
    }
}
