package io.broadcaster.cli.faults;

import io.broadcaster.cli.local.Presses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Row 1: 64 marketers press at once, spread over three API processes, and one more when all is over. */
final class ManyPresses implements Row {
    private static final int ROUNDS = 10;
    private static final int PRESSES = 64;
    private static final int SENDERS = 2;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String what() {
        return PRESSES + " presses at once over 3 API processes";
    }

    @Override
    public String invariants() {
        return "I5 I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException, ExecutionException {
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, Map.of());
        var findings = new ArrayList<String>();
        var judge = new Judge(stack);
        int records = 0;
        Doubt doubt = Doubt.NONE;
        for (int round = 0; round < ROUNDS; round++) {
            Launches launches = Launches.one(stack, "presses-" + round, plan.devices(), plan.firstSeed() + round);
            launches.awaitReady(SENDERS);
            FaultCampaign campaign = launches.campaigns().getFirst();
            var presses = new Presses(stack.apis(), campaign.id().value());
            presses.atOnce(PRESSES);
            List<Judged> judged = launches.judged(judge);
            judged.forEach(one -> findings.addAll(one.findings(0)));
            doubt = doubt.plus(Doubt.of(judged));
            presses.once("nick");
            records += presses.distinctAnswers();
            if (presses.distinctAnswers() != 1) {
                findings.add("I5: " + campaign.id() + " was answered in " + presses.distinctAnswers() + " ways");
            }
        }
        findings.addAll(senders.drain());
        return new Seen(
                ROUNDS + " campaigns, " + (PRESSES + 1) + " presses each: " + records + " launch records; " + doubt,
                findings);
    }
}
