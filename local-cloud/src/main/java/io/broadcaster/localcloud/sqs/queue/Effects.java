package io.broadcaster.localcloud.sqs.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Answers decided under the lock and given outside it, so that no foreign code ever runs under it. */
final class Effects {
    private final List<Runnable> answers = new ArrayList<>();

    void answer(Consumer<ReceiveOutcome> receiver, ReceiveOutcome outcome) {
        answers.add(() -> receiver.accept(outcome));
    }

    void run() {
        for (Runnable answer : answers) {
            answer.run();
        }
    }
}
