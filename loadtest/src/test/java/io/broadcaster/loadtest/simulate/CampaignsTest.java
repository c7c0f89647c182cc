package io.broadcaster.loadtest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.loadtest.simulate.Campaigns.Plan;
import io.broadcaster.loadtest.simulate.Campaigns.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CampaignsTest {
    /** Of the first campaign at-least-once with every fault; the same on every machine and in every JVM. */
    private static final long SEED_WITH_EVERY_FAULT = 1;

    @Test
    void run_drawnFaults_noInvariantIsBroken() {
        Totals totals = Campaigns.run(plan(400, 1), failure -> fail(text(failure)));

        assertThat(totals.campaigns()).isEqualTo(400);
        assertThat(totals.violated()).isZero();
    }

    @Test
    void run_sameSeedsOnOneThreadAndOnTwo_sameTraces() {
        long alone = Campaigns.run(plan(100, 1), failure -> fail(text(failure))).hash();
        long beside =
                Campaigns.run(plan(100, 2), failure -> fail(text(failure))).hash();

        assertThat(beside).isEqualTo(alone);
    }

    @Test
    void judge_sameSeedTwice_sameTraceAndFigures() {
        Shape shape = Shape.of(DeliveryPolicy.AT_LEAST_ONCE, 1_000);

        assertThat(Campaigns.judge(SEED_WITH_EVERY_FAULT, shape, Mix.every()))
                .isEqualTo(Campaigns.judge(SEED_WITH_EVERY_FAULT, shape, Mix.every()));
    }

    @Test
    void run_everySenderDead_isLostAndTheTraceSaysWhy() {
        var shape = Shape.of(DeliveryPolicy.AT_LEAST_ONCE, 1_000);
        World world = new World(1, shape, true).start().pressed();
        world.simulation()
                .after(
                        World.PRESS_AT.plusMillis(30),
                        () -> world.senders().forEach(sender -> sender.process().kill()));
        Judgement judgement = world.run(World.PRESS_AT.plusSeconds(90));

        assertThat(judgement.violations()).anyMatch(violation -> violation.startsWith("I2"));
        assertThat(world.simulation().trace().lines()).anyMatch(line -> line.contains("KILL"));
    }

    @Test
    void markdown_fixedSeeds_isTheCheckedInReport() throws IOException {
        Path file = Path.of("..", "docs", "reports", "simulation.md");

        assertThat(SimulationReport.markdown())
                .as("behaviour has changed; if it should, write the page again as it says itself")
                .isEqualTo(Files.readString(file));
    }

    private static Plan plan(long seeds, int threads) {
        return new Plan(new Seeds(1, seeds), List.of(), Optional.empty(), 1_000, threads);
    }

    private static String text(Campaigns.Failure failure) {
        return failure.judgement() + " under " + failure.mixes() + "\n" + String.join("\n", failure.trace());
    }
}
