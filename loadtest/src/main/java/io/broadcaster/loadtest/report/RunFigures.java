package io.broadcaster.loadtest.report;

import io.broadcaster.loadtest.measure.Usage;
import java.util.List;

/**
 * One launch of a load test. Every time is in milliseconds from the press unless its name says otherwise; {@code usage} is
 * from the press to the last answer, {@code tailCpuMillis} from there until the API called the launch COMPLETED.
 */
public record RunFigures(
        int run,
        long devices,
        Outcomes outcomes,
        Judged judged,
        Press press,
        List<StageTimes> stages,
        Throughput throughput,
        Usage usage,
        double tailCpuMillis,
        long bytesPerNotification,
        Snapshot snapshot,
        LedgerTimes ledger) {
    public RunFigures {
        stages = List.copyOf(stages);
    }

    /** Devices by outcome as the ledger has them, and into what the launch was cut. */
    public record Outcomes(
            long accepted,
            long rejected,
            long unregistered,
            long expired,
            long suppressed,
            long unknown,
            int slices,
            int batches) {}

    /** What the judges found: {@code findings} is empty when every device was reached once and ledger and journals agree. */
    public record Judged(long duplicates, long lost, boolean agrees, List<String> findings) {
        public Judged {
            findings = List.copyOf(findings);
        }
    }

    /** {@code goCallMillis} is how long the presser waited for the API's answer; a rate is of all answers to the last one. */
    public record Press(
            double goCallMillis,
            double firstRequestMillis,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            double lastMillis,
            double answersPerSecond) {}

    /** When a stage was reached. */
    public record StageTimes(
            String stage,
            long count,
            double firstMillis,
            double p50Millis,
            double p95Millis,
            double p99Millis,
            double lastMillis) {}

    /** Deliveries that the providers took in each bucket since the press, by the journals' clocks. */
    public record Throughput(int bucketMillis, List<Long> ios, List<Long> android) {
        public Throughput {
            ios = List.copyOf(ios);
            android = List.copyOf(android);
        }
    }

    /**
     * The snapshot: how long it took to write, its bytes in S3, from ARMED until every sender was ready, what the senders
     * then hold off the heap together, and by how much this JVM's heap grew meanwhile (collected before and after).
     */
    public record Snapshot(
            double writeMillis, long storedBytes, double readyMillis, long offHeapBytes, long heapGrowthBytes) {}

    /** Rows of the ledger, and when the last of them was written. */
    public record LedgerTimes(long rows, double completeMillis) {}
}
