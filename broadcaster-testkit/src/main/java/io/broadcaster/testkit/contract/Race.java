package io.broadcaster.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** The same act by many threads that start together. */
final class Race {
    private Race() {}

    static <T> List<T> of(int racers, IntFunction<T> act) throws Exception {
        var start = new CyclicBarrier(racers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (int racer = 0; racer < racers; racer++) {
                int number = racer;
                running.add(threads.submit(() -> {
                    start.await();
                    return act.apply(number);
                }));
            }
            var answers = new ArrayList<T>();
            for (Future<T> each : running) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
