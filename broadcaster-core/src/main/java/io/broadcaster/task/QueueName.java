package io.broadcaster.task;

import io.broadcaster.campaign.Platform;
import java.util.Arrays;
import java.util.Optional;

/** The closed set of queues; each is a high-throughput FIFO queue with a dead-letter queue beside it. */
public enum QueueName {
    /** Campaign revisions that a loader must turn into snapshots. */
    LOADS("loads"),
    /** Proofs for senders to deliver to test devices. */
    PROOFS("proofs"),
    /** Tier 1: slices for the fan-out workers. */
    SLICES("slices"),
    /** Tier 2 of iOS. */
    BATCHES_IOS("batches-ios"),
    /** Tier 2 of Android. */
    BATCHES_ANDROID("batches-android");

    private final String wireName;

    QueueName(String wireName) {
        this.wireName = wireName;
    }

    /** The name without the deployment's prefix and without {@code .fifo}. */
    public String wireName() {
        return wireName;
    }

    /** The queue of a wire name; empty for any other text. */
    public static Optional<QueueName> ofWireName(String text) {
        return Arrays.stream(values())
                .filter(name -> name.wireName.equals(text))
                .findFirst();
    }

    /** The tier-2 queue of a platform: one each, so that a slow provider holds up only its own. */
    public static QueueName batches(Platform platform) {
        return switch (platform) {
            case IOS -> BATCHES_IOS;
            case ANDROID -> BATCHES_ANDROID;
        };
    }
}
