package io.broadcaster.sender;

import io.broadcaster.aws.dynamodb.LedgerWrites;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Shows how many ledger rows wait to be written, how many calls write them, and the bounds of both. */
final class LedgerGauges {
    private LedgerGauges() {}

    static void bind(MeterRegistry registry, Supplier<LedgerWrites> writes) {
        gauge(registry, "broadcaster.sender.ledger.rows.waiting", writes, LedgerWrites::rowsWaiting);
        gauge(registry, "broadcaster.sender.ledger.rows.waiting.max", writes, LedgerWrites::rowsWaitingMax);
        gauge(registry, "broadcaster.sender.ledger.calls", writes, LedgerWrites::callsInFlight);
        gauge(registry, "broadcaster.sender.ledger.calls.max", writes, LedgerWrites::callsInFlightMax);
    }

    private static void gauge(
            MeterRegistry registry, String name, Supplier<LedgerWrites> writes, ToIntFunction<LedgerWrites> figure) {
        Gauge.builder(name, () -> figure.applyAsInt(writes.get()))
                .description("group commit of the ledger, or its bound")
                .register(registry);
    }
}
