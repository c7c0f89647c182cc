package io.broadcaster.cli.faults;

import java.util.List;

/** The rows of the matrix that need real processes. The others are simulated: see docs/faults.md. */
final class Rows {
    private Rows() {}

    static List<Row> all() {
        return List.of(
                new ManyPresses(),
                new ApiKilled(),
                new FanoutKills(),
                new SenderKills(),
                new SenderFrozen(),
                new SenderDrained(),
                new SlowProvider(),
                new HalfOpen(),
                new ResetMidAnswer(),
                new TokenExpires(),
                new KeysRotated(),
                new BadSnapshots(),
                new SendersGone(),
                new Redriven(),
                new MetricsSinkDead());
    }
}
