package io.broadcaster.cli.faults;

import io.broadcaster.campaign.Platform;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.ProviderKey.Phase;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Row 24: in the middle of two launches the keys of both providers are replaced, first by keys that the providers do not
 * know, which no notification may ride on, then by good ones. Senders are told by the files alone.
 */
final class KeysRotated implements Row {
    private static final int SENDERS = 2;
    private static final int KEYS = SENDERS * Platform.values().length;
    private static final Duration ROTATION_MAX = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT_AGE_MAX = Duration.ofSeconds(5);

    /** Slow enough that a launch outlasts two rotations. */
    private static final Duration ANSWER_TIME = Duration.ofMillis(500);

    private static final Map<String, String> SETTINGS =
            Map.of("sender.batches-in-flight", "1", "sender.secrets-interval", "200ms");

    @Override
    public int number() {
        return 24;
    }

    @Override
    public String what() {
        return "keys rotated in flight";
    }

    @Override
    public String invariants() {
        return "unknown keys refused, new keys taken; I1 I2 I4";
    }

    @Override
    public Seen run(FaultStack stack, FaultPlan plan) throws InterruptedException {
        for (Platform platform : Platform.values()) {
            stack.simulators().answerTime(platform, ANSWER_TIME);
        }
        var senders = new SenderFleet(stack);
        senders.start(SENDERS, SETTINGS);
        Launches launches = Launches.bothPolicies(stack, "keys", plan.devices(), plan.firstSeed());
        long before = Launches.taken(stack);
        launches.press(SENDERS);
        launches.awaitTaken(0.01, before);
        for (Platform platform : Platform.values()) {
            stack.simulators().handOutUnknownKey(platform);
        }
        awaitKeys(stack, key -> key.phase() == Phase.REFUSED);
        var fresh = new EnumMap<Platform, String>(Platform.class);
        for (Platform platform : Platform.values()) {
            fresh.put(platform, stack.simulators().rotateKey(platform));
        }
        awaitKeys(stack, key -> key.phase() == Phase.IN_USE && key.key().equals(fresh.get(key.platform())));
        long under = Launches.taken(stack);
        var findings = new ArrayList<String>();
        if (launches.settled()) {
            findings.add("the launches were over before the new keys were in use: more --devices");
        }
        List<Judged> judged = launches.judged(new Judge(stack));
        judged.forEach(one -> findings.addAll(one.findings(0)));
        findings.addAll(senders.drain());
        return new Seen(
                KEYS + " unknown keys refused, " + KEYS + " new keys taken, " + (Launches.taken(stack) - under)
                        + " notifications after that; " + Doubt.of(judged),
                findings);
    }

    /** Waits until every living sender says this of each of its keys. */
    private static void awaitKeys(FaultStack stack, Predicate<ProviderKey> wanted) throws InterruptedException {
        Poll.until(
                ROTATION_MAX,
                () -> keys(stack),
                keys -> keys.size() == KEYS && keys.stream().allMatch(wanted));
    }

    private static List<ProviderKey> keys(FaultStack stack) {
        Instant oldest = InstantSource.system().instant().minus(HEARTBEAT_AGE_MAX);
        return stack.cloud().workers().all().stream()
                .filter(worker -> worker.role() == WorkerRole.SENDER)
                .filter(worker -> worker.heartbeatAt().isAfter(oldest))
                .flatMap(worker -> worker.vitals().keys().stream())
                .toList();
    }
}
