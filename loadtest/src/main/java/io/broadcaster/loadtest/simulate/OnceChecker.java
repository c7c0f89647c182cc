package io.broadcaster.loadtest.simulate;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.LedgerRow;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judges a campaign by the providers' journals and the audience alone; only then holds the ledger against them, device by
 * device. One sentence per violated invariant, named I1 to I7 as in {@code docs/faults.md}.
 */
final class OnceChecker {
    private final World world;
    private final ProviderJournal journal;
    private final byte[] ledger;
    private final List<String> violations = new ArrayList<>();

    private OnceChecker(World world) {
        this.world = world;
        this.journal = world.services().journal;
        this.ledger = outcomes(world);
    }

    static Judgement judge(World world, boolean ended) {
        return new OnceChecker(world).judge(ended);
    }

    /** Copies beyond the first that at-least-once may send: what the interrupted had in flight, and one per lost answer. */
    static long extraAllowed(World world) {
        if (world.shape().policy() == DeliveryPolicy.AT_MOST_ONCE) {
            return 0;
        }
        long devicesInFlight = 0;
        for (Platform platform : Platform.values()) {
            devicesInFlight +=
                    (long) world.shape().batchesInFlight() * world.audience().batchSize(platform);
        }
        return world.interruptions() * devicesInFlight
                + world.services().journal.ambiguousAnswers();
    }

    private Judgement judge(boolean ended) {
        once();
        inTime();
        nobodyLost(ended);
        oneLaunch();
        ledgerTellsTheTruth();
        bounded();
        Duration press = World.PRESS_AT;
        return new Judgement(
                world.simulation().seed(),
                new Judgement.Copies(
                        countAccepted(),
                        journal.duplicated(),
                        journal.extraCopies(),
                        extraAllowed(world),
                        journal.ambiguousAnswers()),
                journal.devices(),
                journal.requests(),
                count(OutcomeCode.UNKNOWN),
                world.services().ledger.lastSettled().minus(press),
                journal.lastAccepted().minus(press),
                world.simulation().trace().hash(),
                violations);
    }

    private void once() {
        require(
                journal.extraCopies() <= extraAllowed(world),
                "I1: " + journal.extraCopies() + " copies too many for " + journal.duplicated() + " devices, allowed "
                        + extraAllowed(world));
        require(
                journal.otherCollapseIds() == 0,
                "I1: requests under another collapse id: " + journal.otherCollapseIds());
        require(
                journal.otherNotificationIds() == 0,
                "I1: repeats under another notification id: " + journal.otherNotificationIds());
    }

    private void inTime() {
        require(journal.acceptedBefore(World.PRESS_AT) == 0, "I6: accepted before the press");
        Duration onTheWay = Duration.ofSeconds(1);
        lateAtMost(world.notAfter().plus(onTheWay), "not-after");
        lateAtMost(world.abortedAt().plus(world.abortWithin()).plusMillis(100), "the abort");
    }

    /** A process that was stopped between its last look and the bytes may send that much late. */
    private void lateAtMost(Duration end, String what) {
        long late = journal.acceptedAfter(end);
        long allowed = (long) world.freezes()
                * SimulatedConnections.FLIGHT_MAX
                * 2
                * world.shape().batchesInFlight();
        require(late <= allowed, "I6: " + late + " devices accepted after " + what);
    }

    private void nobodyLost(boolean ended) {
        long pending = pendingThatMatter();
        require(pending == 0, "I2: " + pending + " devices without an outcome");
        require(ended, "I2: the launch did not end");
        long lost = 0;
        for (int device = 0; device < ledger.length; device++) {
            lost += ledger[device] == OutcomeCode.ACCEPTED.code() && journal.accepted(device) == 0 ? 1 : 0;
        }
        require(lost == 0, "I2: " + lost + " devices told as accepted that no provider has");
    }

    /** What an API that died left undispatched is sent to nobody once the launch is aborted: see decision 12. */
    private long pendingThatMatter() {
        boolean aborted = world.abortedAt().compareTo(world.simulation().elapsed()) <= 0;
        long pending = 0;
        for (int device = 0; device < ledger.length; device++) {
            boolean undispatched = aborted && journal.requests(device) == 0;
            pending += ledger[device] == OutcomeCode.PENDING.code() && !undispatched ? 1 : 0;
        }
        return pending;
    }

    private void oneLaunch() {
        require(
                world.pressers().launches().size() <= 1,
                "I5: " + world.pressers().launches().size() + " launches were answered");
        require(!world.pressers().launches().isEmpty(), "I5: nobody was answered with a launch");
    }

    private void ledgerTellsTheTruth() {
        long changed = world.services().ledger.changed();
        require(changed == 0, "I3: " + changed + " terminal outcomes changed");
        long wrong = 0;
        for (int device = 0; device < ledger.length; device++) {
            wrong += agrees(OutcomeCode.of(ledger[device]), device) ? 0 : 1;
        }
        require(wrong == 0, "I4: " + wrong + " devices are otherwise in the journals than in the ledger");
    }

    private boolean agrees(OutcomeCode code, int device) {
        boolean accepted = journal.accepted(device) > 0;
        return switch (code) {
            case ACCEPTED -> accepted;
            case UNREGISTERED -> !accepted && journal.requests(device) > 0;
            case UNKNOWN -> true;
            case PENDING -> !accepted;
            case EXPIRED,
                    SUPPRESSED,
                    BAD_TOKEN,
                    WRONG_APP,
                    PAYLOAD_TOO_LARGE,
                    BAD_REQUEST,
                    UNAUTHORIZED,
                    THROTTLED,
                    UNAVAILABLE -> !accepted;
        };
    }

    private void bounded() {
        for (SenderNode sender : world.senders()) {
            require(
                    sender.inFlight() <= world.shape().batchesInFlight(),
                    "I7: " + sender.inFlight() + " batches in flight in one sender");
        }
    }

    private void require(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }

    private long countAccepted() {
        long accepted = 0;
        for (int device = 0; device < journal.devices(); device++) {
            accepted += journal.accepted(device) > 0 ? 1 : 0;
        }
        return accepted;
    }

    private long count(OutcomeCode code) {
        long count = 0;
        for (byte outcome : ledger) {
            count += outcome == code.code() ? 1 : 0;
        }
        return count;
    }

    private static byte[] outcomes(World world) {
        byte[] outcomes = new byte[world.audience().devices()];
        Arrays.fill(outcomes, OutcomeCode.PENDING.code());
        world.services().ledger.scan(LaunchId.of(Fixtures.CAMPAIGN, 1), row -> copy(world, row, outcomes));
        return outcomes;
    }

    private static void copy(World world, LedgerRow row, byte[] outcomes) {
        int first = world.audience().number(row.key().platform(), row.key().batch(), 0);
        System.arraycopy(row.outcomes(), 0, outcomes, first, row.outcomes().length);
    }
}
