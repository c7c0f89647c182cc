package io.broadcaster.loadtest.simulate;

import io.broadcaster.api.go.Press;
import io.broadcaster.campaign.Launch;
import io.broadcaster.testkit.Fixtures;
import io.broadcaster.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** People who press, each until there is an answer, at whichever API lives; and what they were answered. */
final class Pressers {
    /** Without an answer one presses again. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PRESSES_MAX = 1_000;

    private final Simulation simulation;
    private final List<ApiNode> apis;
    private final Set<Launch> launches = new LinkedHashSet<>();
    private final List<Press> answers = new ArrayList<>();

    Pressers(Simulation simulation, List<ApiNode> apis) {
        this.simulation = simulation;
        this.apis = apis;
    }

    /** One more person presses after so long. */
    void pressAfter(Duration delay, String presser) {
        simulation.after(delay, () -> press(presser, 1));
    }

    private void press(String presser, int attempt) {
        List<ApiNode> alive = apis.stream().filter(api -> api.process().alive()).toList();
        if (alive.isEmpty()) {
            pressLater(presser, attempt);
            return;
        }
        ApiNode api = alive.get(simulation.chance().nextInt(alive.size()));
        Simulation.Event impatience = simulation.after(PATIENCE, () -> press(presser, attempt + 1));
        api.press(
                Fixtures.CAMPAIGN,
                presser,
                press -> {
                    impatience.cancel();
                    answered(presser, press, attempt);
                },
                () -> {
                    impatience.cancel();
                    pressLater(presser, attempt);
                });
    }

    private void answered(String presser, Press press, int attempt) {
        simulation.tell(presser, () -> "answer: " + press);
        answers.add(press);
        switch (press) {
            case Press.Launched(Launch launch) -> launches.add(launch);
            case Press.Contended _, Press.NotReady _ -> pressLater(presser, attempt);
            case Press.Refused _, Press.NotNamed _, Press.Missing _ -> {}
        }
    }

    private void pressLater(String presser, int attempt) {
        if (attempt < PRESSES_MAX) {
            simulation.after(PAUSE, () -> press(presser, attempt + 1));
        }
    }

    /** Every distinct launch that a presser was answered with. */
    Set<Launch> launches() {
        return launches;
    }

    /** Every answer, in the order in which they came. */
    List<Press> answers() {
        return answers;
    }
}
