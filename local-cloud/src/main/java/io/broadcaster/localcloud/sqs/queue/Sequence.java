package io.broadcaster.localcloud.sqs.queue;

/** Sequence numbers as SQS shows them: 20 digits, growing, not consecutive. */
public final class Sequence {
    private static final long STEP = 256;
    private static final int DIGITS = 19;

    private Sequence() {}

    public static String text(long sequence) {
        String digits = Long.toString(sequence * STEP);
        return "1" + "0".repeat(DIGITS - digits.length()) + digits;
    }
}
