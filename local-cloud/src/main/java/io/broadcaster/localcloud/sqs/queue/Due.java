package io.broadcaster.localcloud.sqs.queue;

/** Something with one deadline: a message in flight, or a receive that waits. Its place in the {@link DueHeap} is here. */
abstract sealed class Due permits StoredMessage, Waiter {
    static final int NOT_IN_HEAP = -1;

    long dueMillis;
    /** Breaks a tie: of two that are due together the one put first comes first. */
    long putOrder;

    int slot = NOT_IN_HEAP;

    boolean isBefore(Due other) {
        return dueMillis != other.dueMillis ? dueMillis < other.dueMillis : putOrder < other.putOrder;
    }
}
