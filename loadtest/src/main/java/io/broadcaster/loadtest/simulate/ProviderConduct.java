package io.broadcaster.loadtest.simulate;

import java.time.Duration;

/**
 * How a provider behaves: shares between 0 and 1 of the flights (what one connection carries at once) or of the requests,
 * and how long it takes. {@code deadTokens} is a share of the devices, always the same ones.
 */
record ProviderConduct(Flights flights, Requests requests, Pace pace, double deadTokens) {
    /** What happens to a whole flight. {@code resets}: half of them before, half after or amid the processing. */
    record Flights(double resets, double goAways, double silences) {}

    /** What happens to single requests. */
    record Requests(double refused, double unavailable, double serverErrors, double throttled, Duration retryAfter) {}

    /** One-way latency, the time to process, and how long the client waits for a silent one. */
    record Pace(Duration latencyMost, Duration processingMost, Duration timeOut) {}

    private static final Pace USUAL = new Pace(Duration.ofMillis(30), Duration.ofMillis(20), Duration.ofSeconds(5));

    static final ProviderConduct GOOD =
            new ProviderConduct(new Flights(0, 0, 0), new Requests(0, 0, 0, 0, Duration.ZERO), USUAL, 0);

    ProviderConduct with(Flights other) {
        return new ProviderConduct(other, requests, pace, deadTokens);
    }

    ProviderConduct with(Requests other) {
        return new ProviderConduct(flights, other, pace, deadTokens);
    }

    ProviderConduct with(Pace other) {
        return new ProviderConduct(flights, requests, other, deadTokens);
    }

    ProviderConduct withDeadTokens(double share) {
        return new ProviderConduct(flights, requests, pace, share);
    }
}
