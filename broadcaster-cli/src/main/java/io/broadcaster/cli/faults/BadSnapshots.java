package io.broadcaster.cli.faults;

import io.broadcaster.audience.SnapshotKeys;
import io.broadcaster.aws.CloudConfig;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.ApiRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Row 27: a part of the snapshot is corrupt, cut short, missing, or of another revision: no sender is ready, go is refused. */
final class BadSnapshots implements Row {
    private static final int NOT_READY = 409;

    @Override
    public int number() {
        return 27;
    }

    @Override
    public String what() {
        return "snapshot part corrupt, truncated, missing, of another revision";
    }

    @Override
    public String invariants() {
        return "not ready, go refused; I6";
    }

    /** What is done to the part of one snapshot, given that of another. */
    @FunctionalInterface
    private interface Damage {
        void to(Path part, Path other) throws IOException;
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException, IOException {
        var damages = new LinkedHashMap<String, Damage>();
        damages.put("corrupt", (part, _) -> flip(part));
        damages.put("truncated", (part, _) -> Files.write(part, half(Files.readAllBytes(part))));
        damages.put("missing", (part, _) -> Files.delete(part));
        damages.put("other-revision", (part, other) -> Files.write(part, Files.readAllBytes(other)));
        Launches intact = Launches.one(stack, "intact", plan.devices(), plan.firstSeed());
        Path good = tokens(stack, intact.campaigns().getFirst());
        var bad = new ArrayList<FaultCampaign>();
        for (Map.Entry<String, Damage> damage : damages.entrySet()) {
            FaultCampaign campaign = Launches.one(
                            stack, damage.getKey(), plan.devices(), plan.firstSeed() + 1 + bad.size())
                    .campaigns()
                    .getFirst();
            damage.getValue().to(tokens(stack, campaign), good);
            bad.add(campaign);
        }
        var senders = new SenderFleet(stack);
        senders.start(1, Map.of());
        intact.press(1);
        var findings = new ArrayList<String>();
        intact.judged(new Judge(stack)).forEach(judged -> findings.addAll(judged.findings(0)));
        long taken = Launches.taken(stack);
        long refused = bad.stream()
                .filter(campaign -> refused(stack, campaign, findings))
                .count();
        findings.addAll(senders.drain());
        if (Launches.taken(stack) > taken) {
            findings.add("I6: the providers were sent something of a snapshot that is not whole");
        }
        return new Seen(
                refused + " presses of " + bad.size() + " refused; the snapshot that is whole was sent", findings);
    }

    /** Whether its press was refused because no sender is ready. */
    private static boolean refused(FaultStack stack, FaultCampaign campaign, List<String> findings) {
        try {
            findings.add(campaign.id() + " was launched: "
                    + campaign.press(stack.apis().getFirst()));
            return false;
        } catch (ApiRefusal refused) {
            if (refused.status() == NOT_READY) {
                return true;
            }
            findings.add(campaign.id() + " was refused with " + refused.status() + ": " + refused.getMessage());
            return false;
        }
    }

    private static Path tokens(FaultStack stack, FaultCampaign campaign) {
        Campaign stored = campaign.stored();
        String bucket = CloudConfig.from(stack.settings()).bucket();
        return stack.objects()
                .resolve(bucket)
                .resolve(SnapshotKeys.tokens(stored.id(), stored.revision(), Platform.IOS));
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }
}
