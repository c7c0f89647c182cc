package io.broadcaster.sender;

import java.util.ArrayList;
import java.util.List;

/** Closes a list whatever single ones do. */
final class Closing {
    private Closing() {}

    /** Closes every one in order; then fails with all that failed. */
    static void all(List<? extends AutoCloseable> each) {
        var failures = new ArrayList<Exception>();
        for (AutoCloseable one : each) {
            try {
                one.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("the sender did not close cleanly", failures.getFirst());
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
