package io.broadcaster.cli.local;

import io.broadcaster.cli.client.ApiClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many marketers press at the same instant, spread over the API processes; each press is a request of its own and its answer
 * is kept to the letter. Used by one thread.
 */
public final class Presses {
    private static final List<String> MARKETERS = List.of("alice", "mary", "nick");

    private final List<URI> apis;
    private final String path;
    private final Set<String> answers = new HashSet<>();

    public Presses(List<URI> apis, String campaign) {
        this.apis = List.copyOf(apis);
        this.path = "/campaigns/" + campaign + "/go";
    }

    /** Presses {@code count} times at once. */
    public void atOnce(int count) throws InterruptedException, ExecutionException {
        var together = new CyclicBarrier(count);
        try (var marketers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> presses = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                URI api = apis.get(i % apis.size());
                String marketer = MARKETERS.get(i % MARKETERS.size());
                Callable<String> press = () -> {
                    try (ApiClient client = new ApiClient(api, marketer)) {
                        client.signedIn();
                        together.await();
                        return client.postForText(path);
                    }
                };
                presses.add(marketers.submit(press));
            }
            for (Future<String> press : presses) {
                answers.add(press.get());
            }
        }
    }

    /** Presses once. */
    public void once(String marketer) {
        try (ApiClient client = new ApiClient(apis.getFirst(), marketer)) {
            answers.add(client.postForText(path));
        }
    }

    /** How many different answers there were: 1 when every presser saw the same launch record. */
    public int distinctAnswers() {
        return answers.size();
    }
}
