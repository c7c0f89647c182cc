package io.broadcaster.cli.wire;

/** What one client did in one round: so many answers in so much wall and CPU time, of the client and of the peer. */
public record Pumped(long answers, double wallSeconds, double cpuSeconds, double peerCpuSeconds, long allocatedBytes) {
    /** Answers per second of the client's CPU: what a core of it is worth. */
    public double perCpuSecond() {
        return answers / cpuSeconds;
    }

    /** Answers per second. */
    public double perSecond() {
        return answers / wallSeconds;
    }

    /** The peer's share of its core; near 1 the peer is the limit and the wall rate says nothing about the client. */
    public double peerLoad() {
        return peerCpuSeconds / wallSeconds;
    }

    /** Heap bytes per answer; 0 where it is not known. */
    public double bytesEach() {
        return (double) allocatedBytes / answers;
    }
}
