package io.broadcaster.testkit;

import java.util.EnumMap;
import java.util.Map;

/** Entries of batch calls that a test plans to fail. Safe for any thread. */
final class Refusals {
    private final Map<FakeTaskQueue.Call, Integer> planned = new EnumMap<>(FakeTaskQueue.Call.class);

    synchronized void plan(FakeTaskQueue.Call call, int entries) {
        planned.merge(call, entries, Integer::sum);
    }

    synchronized boolean take(FakeTaskQueue.Call call) {
        int left = planned.getOrDefault(call, 0);
        if (left > 0) {
            planned.put(call, left - 1);
        }
        return left > 0;
    }
}
