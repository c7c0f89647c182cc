package io.broadcaster.loadtest.bench;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.snapshot.LocalSnapshot;
import io.broadcaster.snapshot.LoadedSnapshot;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Copies every token of a batch out of the off-heap snapshot, batch after batch in a scattered order; time per token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class BatchLookUpBenchmark {
    private static final int IOS_BATCH = 500;
    private static final int ANDROID_BATCH = 250;
    private static final int BATCHES = 400;
    private static final int STRIDE = 157;

    private final byte[] token = new byte[LoadedSnapshot.TOKEN_BYTES_MAX];
    private LocalSnapshot files;
    private LoadedSnapshot snapshot;
    private int next;

    /** Writes and loads 200,000 iOS and 100,000 Android devices. */
    @Setup(Level.Trial)
    public void load() throws IOException, InterruptedException {
        files = LocalSnapshot.write(
                new SyntheticAudience((long) BATCHES * IOS_BATCH, (long) BATCHES * ANDROID_BATCH, 1));
        snapshot = files.load();
    }

    /** Frees memory and files. */
    @TearDown(Level.Trial)
    public void free() throws IOException {
        snapshot.close();
        files.close();
    }

    /** 500 tokens of 32 bytes. */
    @Benchmark
    @OperationsPerInvocation(IOS_BATCH)
    public int ios() {
        return copy(Platform.IOS);
    }

    /** 250 tokens of 163 bytes. */
    @Benchmark
    @OperationsPerInvocation(ANDROID_BATCH)
    public int android() {
        return copy(Platform.ANDROID);
    }

    private int copy(Platform platform) {
        int batch = next;
        next = (batch + STRIDE) % (BATCHES - 10);
        int bytes = 0;
        int devices = snapshot.devices(platform, batch);
        for (int position = 0; position < devices; position++) {
            bytes += snapshot.copyToken(platform, batch, position, token);
        }
        return bytes;
    }
}
