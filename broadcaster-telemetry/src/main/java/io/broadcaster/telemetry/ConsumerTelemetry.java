package io.broadcaster.telemetry;

import io.broadcaster.task.ConsumerListener;
import io.broadcaster.task.QueueConsumer;
import io.broadcaster.task.QueueName;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the receive loop of one queue tells: its failures to the log, and {@code broadcaster.queue.*} to the meters, with
 * the identity {@code received = settled + returned + inflight}. Make it, give it to the consumer, bind it. Any thread.
 */
public final class ConsumerTelemetry implements ConsumerListener {
    private static final Logger log = LoggerFactory.getLogger(ConsumerTelemetry.class);

    private final QueueName queue;

    public ConsumerTelemetry(QueueName queue) {
        this.queue = queue;
    }

    /** Registers the consumer's figures and bounds. */
    public void bind(MeterRegistry registry, QueueConsumer consumer) {
        TelemetryMeters.ofConsumer(registry, queue, consumer);
    }

    @Override
    public void failed(Step step, Exception cause) {
        switch (step) {
            case RECEIVE, EXTEND, DELETE, GIVE_BACK ->
                log.atWarn()
                        .addKeyValue("queue", queue.wireName())
                        .addKeyValue("step", step)
                        .addKeyValue("cause", cause) // without its stack: a queue that is down fails every call alike
                        .log("a call to the queue failed");
            case HANDLE ->
                log.atError()
                        .addKeyValue("queue", queue.wireName())
                        .setCause(cause)
                        .log("a message could not be handled; it will come again");
        }
    }
}
