package io.broadcaster.task;

/**
 * The figures of a consumer at one moment: {@code received = settled + returned + inFlight}. {@code settled} messages were
 * deleted; {@code returned} ones come again: given back, lost, or refused at the delete. The rest counts causes.
 */
public record ConsumerStats(
        long received,
        long settled,
        long returned,
        int inFlight,
        long leasesLost,
        long receiveFailures,
        long handlerFailures,
        long extendFailures,
        long deleteFailures) {}
