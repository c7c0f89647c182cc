package io.broadcaster.task;

/** The figures of one consumer, changed and read under one lock so that every {@link #stats} keeps the identity. */
final class ConsumerCounters {
    private long received;
    private long settled;
    private long returned;
    private long leasesLost;
    private long receiveFailures;
    private long handlerFailures;
    private long extendFailures;
    private long deleteFailures;
    private int inFlight;

    synchronized void received(int messages) {
        received += messages;
        inFlight += messages;
    }

    synchronized void settled() {
        settled++;
        inFlight--;
    }

    synchronized void returned() {
        returned++;
        inFlight--;
    }

    synchronized void leaseLost() {
        leasesLost++;
    }

    synchronized void receiveFailed() {
        receiveFailures++;
    }

    synchronized void handlerFailed() {
        handlerFailures++;
    }

    synchronized void extendFailed(int entries) {
        extendFailures += entries;
    }

    synchronized void deleteFailed() {
        deleteFailures++;
    }

    synchronized ConsumerStats stats() {
        return new ConsumerStats(
                received,
                settled,
                returned,
                inFlight,
                leasesLost,
                receiveFailures,
                handlerFailures,
                extendFailures,
                deleteFailures);
    }
}
