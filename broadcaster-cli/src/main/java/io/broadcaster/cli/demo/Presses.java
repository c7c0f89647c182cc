package io.broadcaster.cli.demo;

import io.broadcaster.cli.client.ApiClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many marketers press at the same instant; each press is a request of its own and its answer is kept to the letter. */
final class Presses {
    private final ApiClient api;
    private final String path;
    private final Set<String> answers = new HashSet<>();

    Presses(ApiClient api, String campaign) {
        this.api = api;
        this.path = "/campaigns/" + campaign + "/go";
    }

    /** Presses {@code count} times at once. */
    void atOnce(int count) throws InterruptedException, ExecutionException {
        var together = new CyclicBarrier(count);
        try (var marketers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> presses = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                ApiClient marketer = api.as("marketer-" + i);
                Callable<String> press = () -> {
                    together.await();
                    return marketer.postForText(path);
                };
                presses.add(marketers.submit(press));
            }
            for (Future<String> press : presses) {
                answers.add(press.get());
            }
        }
    }

    /** Presses once. */
    void once(String marketer) {
        answers.add(api.as(marketer).postForText(path));
    }

    /** How many different answers there were: 1 when every presser saw the same launch record. */
    int distinctAnswers() {
        return answers.size();
    }
}
