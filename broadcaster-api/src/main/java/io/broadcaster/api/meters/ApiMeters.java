package io.broadcaster.api.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Every metric of this module. Identity: {@code presses = launched + refused + not named + not ready + contended + missing + failed}. */
public final class ApiMeters {
    private final MeterRegistry registry;
    private final Counter dispatched;
    private final Counter dispatchFailed;
    private final Counter redispatched;

    public ApiMeters(MeterRegistry registry) {
        this.registry = registry;
        this.dispatched = registry.counter("broadcaster.api.dispatches", "result", "sent");
        this.dispatchFailed = registry.counter("broadcaster.api.dispatches", "result", "failed");
        this.redispatched = registry.counter("broadcaster.api.redispatches");
    }

    /** One press came in. */
    public void press() {
        registry.counter("broadcaster.api.presses").increment();
    }

    /** One press was answered. */
    public void answered(PressAnswer answer) {
        registry.counter("broadcaster.api.press.answers", "answer", answer.tag).increment();
    }

    /** Every slice of a dispatch is in tier 1. */
    public void dispatched() {
        dispatched.increment();
    }

    /** A dispatch ended with slices outside tier 1; it will be repeated. */
    public void dispatchFailed() {
        dispatchFailed.increment();
    }

    /** A dispatch was begun again. */
    public void redispatched() {
        redispatched.increment();
    }

    /** An entry of the audit log was written. */
    public void auditWritten() {
        registry.counter("broadcaster.api.audit.entries").increment();
    }

    /** The audit log could not be written: an act was refused, or waits to be written. */
    public void auditFailed() {
        registry.counter("broadcaster.api.audit.failed").increment();
    }

    /** An act that was to be written later found no room. */
    public void auditDropped() {
        registry.counter("broadcaster.api.audit.dropped").increment();
    }

    /** A request was refused because there were too many. */
    public void limited(Limit limit) {
        registry.counter("broadcaster.api.limited", "limit", limit.tag).increment();
    }

    /** An audience upload ended. */
    public void upload(boolean stored, long bytes) {
        registry.counter("broadcaster.api.uploads", "result", stored ? "stored" : "refused")
                .increment();
        registry.counter("broadcaster.api.upload.bytes").increment((double) bytes);
    }

    /** Shows how long the served certificate is still good for. */
    public void certificate(Supplier<Duration> remaining) {
        Gauge.builder(
                        "broadcaster.api.certificate.remaining",
                        () -> remaining.get().toSeconds())
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how much of a bound is used, and the bound. */
    public void bound(Bound bound, IntSupplier used, int max) {
        Gauge.builder("broadcaster.api.bound.used", used::getAsInt)
                .tag("bound", bound.tag)
                .strongReference(true)
                .register(registry);
        Gauge.builder("broadcaster.api.bound.max", () -> max)
                .tag("bound", bound.tag)
                .strongReference(true)
                .register(registry);
    }

    /** How a press was answered. */
    public enum PressAnswer {
        LAUNCHED("launched"),
        REFUSED("refused"),
        NOT_NAMED("not-named"),
        NOT_READY("not-ready"),
        CONTENDED("contended"),
        MISSING("missing"),
        FAILED("failed");

        private final String tag;

        PressAnswer(String tag) {
            this.tag = tag;
        }
    }

    /** What is limited per minute, or at once. */
    public enum Limit {
        FAILURES("failures"),
        STRANGERS("strangers"),
        COSTLY_ACTS("costly-acts"),
        AT_ONCE("at-once");

        private final String tag;

        Limit(String tag) {
            this.tag = tag;
        }
    }

    /** The bounds of this module. */
    public enum Bound {
        REQUESTS("requests"),
        DOOR("door"),
        PRESS_DOOR("press-door"),
        STREAMS("streams"),
        DOWNLOADS("downloads"),
        CONNECTIONS("connections"),
        SLICE_CALLS("slice-calls"),
        AUDIT_WAITING("audit-waiting"),
        KNOWN_TOKENS("known-tokens"),
        LIMITED_CALLERS("limited-callers"),
        LIMITED_ADDRESSES("limited-addresses");

        private final String tag;

        Bound(String tag) {
            this.tag = tag;
        }
    }
}
