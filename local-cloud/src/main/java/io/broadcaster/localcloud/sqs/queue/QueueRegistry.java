package io.broadcaster.localcloud.sqs.queue;

import io.broadcaster.localcloud.sqs.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The queues of a server by name, in order of name, and the way of dead letters between them. Any thread may call;
 * what changes the set of queues or what is kept about one goes one at a time. Bound: queuesMax.
 */
public final class QueueRegistry {
    /** SQS API reference, PurgeQueue: once in 60 seconds. */
    private static final Duration PURGE_PAUSE = Duration.ofSeconds(60);

    private final String arnPrefix;
    private final TimeSource time;
    private final SplittableGenerator random;
    private final QueueLimits limits;
    private final int queuesMax;
    private final ConcurrentSkipListMap<String, RegisteredQueue> queues = new ConcurrentSkipListMap<>();
    private final DeadLetters deadLetters = new BetweenQueues();

    public QueueRegistry(
            String arnPrefix, TimeSource time, SplittableGenerator random, QueueLimits limits, int queuesMax) {
        this.arnPrefix = arnPrefix;
        this.time = time;
        this.random = random;
        this.limits = limits;
        this.queuesMax = queuesMax;
    }

    /** What came of a create. */
    public sealed interface Creation {
        /** It is new. */
        record Created(RegisteredQueue queue) implements Creation {}

        /** There was one of that name; it is as it was. */
        record Existed(RegisteredQueue queue) implements Creation {}

        /** There are as many queues as may be. */
        record TooMany(int queuesMax) implements Creation {}
    }

    public synchronized Creation create(
            String name, QueueSettings settings, Map<String, String> storedAttributes, Map<String, String> tags) {
        RegisteredQueue existing = queues.get(name);
        if (existing != null) {
            return new Creation.Existed(existing);
        }
        if (queues.size() >= queuesMax) {
            return new Creation.TooMany(queuesMax);
        }
        long now = time.millis();
        FifoQueue queue = new FifoQueue(
                name,
                arnPrefix + name,
                settings,
                new FifoQueue.Surroundings(time, random.split(), limits, deadLetters));
        RegisteredQueue created = new RegisteredQueue(queue, storedAttributes, tags, now, now, 0);
        queues.put(name, created);
        return new Creation.Created(created);
    }

    public @Nullable RegisteredQueue find(String name) {
        return queues.get(name);
    }

    public @Nullable RegisteredQueue findByArn(String arn) {
        return arn.startsWith(arnPrefix) ? queues.get(arn.substring(arnPrefix.length())) : null;
    }

    /** All queues whose name begins so, by name. */
    public List<RegisteredQueue> list(String prefix) {
        return queues.tailMap(prefix, true).values().stream()
                .takeWhile(registered -> registered.queue().name().startsWith(prefix))
                .toList();
    }

    /** The queues whose dead letters go to that ARN, by name. */
    public List<RegisteredQueue> deadLetterSources(String targetArn) {
        return queues.values().stream()
                .filter(registered -> registered.queue().hasDeadLetterQueue(targetArn))
                .toList();
    }

    public synchronized void delete(String name) {
        RegisteredQueue removed = queues.remove(name);
        if (removed != null) {
            removed.queue().close();
        }
    }

    public synchronized void changeSettings(String name, QueueSettings settings, Map<String, String> storedAttributes) {
        RegisteredQueue changed =
                queues.computeIfPresent(name, (n, old) -> old.withAttributes(storedAttributes, time.millis()));
        if (changed != null) {
            changed.queue().change(settings);
        }
    }

    public synchronized void changeTags(String name, UnaryOperator<Map<String, String>> change) {
        queues.computeIfPresent(name, (n, old) -> old.withTags(change.apply(old.tags())));
    }

    /** False when it was purged less than a minute ago, and nothing happened. */
    public synchronized boolean purge(String name) {
        RegisteredQueue purged = queues.get(name);
        long now = time.millis();
        if (purged == null || now < purged.purgedMillis() + PURGE_PAUSE.toMillis()) {
            return purged == null;
        }
        queues.put(name, purged.purgedAt(now));
        purged.queue().purge();
        return true;
    }

    /** Sends every waiting receive away. */
    public void close() {
        queues.values().forEach(registered -> registered.queue().close());
    }

    private final class BetweenQueues implements DeadLetters {
        @Override
        public boolean exists(String targetArn) {
            return findByArn(targetArn) != null;
        }

        @Override
        public void accept(String targetArn, Envelope envelope) {
            RegisteredQueue target = findByArn(targetArn);
            if (target != null) {
                target.queue().adopt(envelope);
            }
        }
    }
}
