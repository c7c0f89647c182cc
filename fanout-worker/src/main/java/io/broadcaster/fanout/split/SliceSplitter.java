package io.broadcaster.fanout.split;

import io.broadcaster.task.BatchTask;
import io.broadcaster.task.SliceTask;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts a slice into its batches. Pure: every delivery of a slice gives the same message ids. */
public final class SliceSplitter {
    private SliceSplitter() {}

    /**
     * The batches of a slice in order. From the second delivery or the second dispatch on they may have been sent before,
     * perhaps longer ago than SQS remembers: {@code mayRepeat} makes their senders consult the ledger first.
     */
    public static List<BatchTask> split(SliceTask slice, int receiveCount) {
        boolean mayRepeat = slice.launch().dispatch() > 0 || receiveCount > 1;
        return IntStream.range(slice.firstBatch(), slice.firstBatch() + slice.batches())
                .mapToObj(batch -> new BatchTask(slice.launch(), slice.platform(), batch, mayRepeat))
                .toList();
    }
}
