package io.broadcaster.telemetry;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.Histogram;

/**
 * A histogram of microseconds up to an hour at three digits (about 180 kB per stripe in use), striped over a few locks so
 * that threads seldom meet. Any thread records; {@link #encoded} sees every value recorded before it.
 */
final class StageHistogram {
    static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);
    static final int DIGITS = 3;
    private static final int STRIPES = 4;

    private final AtomicReferenceArray<Histogram> stripes = new AtomicReferenceArray<>(STRIPES);

    void record(long micros, int times) {
        Histogram stripe = stripe((int) Thread.currentThread().threadId() & (STRIPES - 1));
        synchronized (stripe) {
            stripe.recordValueWithCount(Math.clamp(micros, 0, HIGHEST_MICROS), times);
        }
    }

    /** The sum of all stripes in HdrHistogram's compressed V2 form; empty when nothing was recorded. */
    Optional<byte[]> encoded() {
        var sum = fresh();
        for (int i = 0; i < STRIPES; i++) {
            Histogram stripe = stripes.get(i);
            if (stripe != null) {
                synchronized (stripe) {
                    sum.add(stripe);
                }
            }
        }
        if (sum.getTotalCount() == 0) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.allocate(sum.getNeededByteBufferCapacity());
        int length = sum.encodeIntoCompressedByteBuffer(buffer);
        return Optional.of(Arrays.copyOf(buffer.array(), length));
    }

    static Histogram fresh() {
        return new Histogram(1, HIGHEST_MICROS, DIGITS);
    }

    private Histogram stripe(int index) {
        Histogram known = stripes.get(index);
        if (known != null) {
            return known;
        }
        Histogram made = fresh();
        return stripes.compareAndSet(index, null, made) ? made : stripes.get(index);
    }
}
