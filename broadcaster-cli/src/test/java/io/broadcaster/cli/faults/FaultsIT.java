package io.broadcaster.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rows that take seconds, on one stack of real processes; {@code loadtest faults} has them all. */
@Timeout(180)
class FaultsIT {
    private static final FaultPlan PLAN = new FaultPlan(3, 1, 1_000, OptionalInt.empty());

    @TempDir
    private static Path work;

    private static FaultStack stack;

    @BeforeAll
    static void start() throws InterruptedException {
        stack = FaultStack.start(work, new ClassArchive(work));
        stack.startShared(2, 1);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void row2_apiKilledAfterTheLaunchWrite_anotherFinishesIt() throws Exception {
        assertGreen(new ApiKilled());
    }

    @Test
    void row11_sendersKilledMidCampaign_nobodyTwiceNobodySilentlyLost() throws Exception {
        assertGreen(new SenderKills());
    }

    @Test
    void row15_sendersDrainedMidCampaign_nothingInDoubt() throws Exception {
        assertGreen(new SenderDrained());
    }

    private static void assertGreen(Row row) throws Exception {
        Row.Seen seen = row.run(stack, PLAN);

        assertThat(seen.findings()).as(seen.figure()).isEmpty();
    }
}
