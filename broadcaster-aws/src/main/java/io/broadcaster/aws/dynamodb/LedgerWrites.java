package io.broadcaster.aws.dynamodb;

/**
 * How ledger writes stand at one moment: rows that wait for a call, calls under way, the bounds of both; and since the start
 * {@code calls} made and {@code rows} answered by them.
 */
public record LedgerWrites(
        int rowsWaiting, int rowsWaitingMax, int callsInFlight, int callsInFlightMax, long calls, long rows) {}
