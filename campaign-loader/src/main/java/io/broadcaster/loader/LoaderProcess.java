package io.broadcaster.loader;

import io.broadcaster.task.ConsumerStats;
import io.broadcaster.task.MessageHandler;
import io.broadcaster.task.QueueConsumer;
import java.util.ArrayList;
import java.util.List;

/**
 * A running loader. {@link #close} stops the loads where they are after {@code loader.drain-time} (another loader resumes
 * them), gives their messages back, and then closes what stands around it in the order given.
 */
public final class LoaderProcess implements AutoCloseable {
    private final QueueConsumer consumer;
    private final List<AutoCloseable> surroundings = new ArrayList<>();

    private LoaderProcess(QueueConsumer consumer) {
        this.consumer = consumer;
    }

    static LoaderProcess start(QueueConsumer consumer, MessageHandler handler) {
        consumer.start(handler);
        return new LoaderProcess(consumer);
    }

    /** Hands over what shall close after the loads, first given first closed. */
    LoaderProcess closing(AutoCloseable... more) {
        surroundings.addAll(List.of(more));
        return this;
    }

    /** The receive loop's figures. */
    public ConsumerStats stats() {
        return consumer.stats();
    }

    @Override
    public void close() {
        consumer.close();
        var failures = new ArrayList<Exception>();
        for (AutoCloseable one : surroundings) {
            try {
                one.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        surroundings.clear();
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("the loader did not close cleanly", failures.getFirst());
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
