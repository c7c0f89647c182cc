package io.broadcaster.localcloud.sqs.queue;

/** Something with one deadline: a message in flight, or a receive that waits. Its place in the {@link DueHeap} is here. */
abstract sealed class Due permits StoredMessage, Waiter {
    static final int NOT_IN_HEAP = -1;

    long dueMillis;
    int slot = NOT_IN_HEAP;
}
