package io.broadcaster.cli.faults;

import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignStore.WriteResult;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.campaign.Seen;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.Window;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.cli.local.CampaignScript;
import io.broadcaster.cli.local.SyntheticLoad;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;

/**
 * One campaign of a fault test. It is written through the API, its snapshot goes straight to S3, and it is armed by the rules
 * of every such move but without proofs, which would need senders that live. Used by one thread.
 */
final class FaultCampaign {
    private static final String AUTHOR = "alice";
    private static final String APPROVER = "bob";
    private static final String PRESSER = "mary";

    private static final Duration WINDOW = Duration.ofMinutes(10);

    /** Beyond every fault of the matrix; what is not settled by then is lost. */
    private static final Duration SETTLE_MAX = Duration.ofMinutes(3);

    private final FaultStack stack;
    private final CampaignId id;
    private final DeliveryPolicy policy;
    private final SyntheticAudience audience;
    private final InstantSource clock;
    private final LedgerWatch ledger;
    private final String launch;

    /** Writes, loads and arms it for the next ten minutes. */
    static FaultCampaign arm(FaultStack stack, String id, DeliveryPolicy policy, SyntheticAudience audience)
            throws InterruptedException {
        return arm(stack, new Wanted(id, policy, WINDOW), audience);
    }

    /** What is to be armed, and for how long from now. */
    record Wanted(String id, DeliveryPolicy policy, Duration window) {}

    /** Writes, loads and arms it. */
    static FaultCampaign arm(FaultStack stack, Wanted wanted, SyntheticAudience audience) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        try (ApiClient author = new ApiClient(stack.apis().getFirst(), AUTHOR)) {
            new CampaignScript(author, wanted.id(), clock)
                    .create(
                            SyntheticAudience.locales().stream()
                                    .map(Object::toString)
                                    .toList(),
                            PushKind.ALERT,
                            wanted.policy());
        }
        var campaign = new CampaignId(wanted.id());
        SnapshotSummary snapshot =
                new SyntheticLoad(stack.cloud(), clock).load(campaign, audience).snapshot();
        Campaign armed = armed(stack, campaign, clock.instant(), wanted.window());
        return new FaultCampaign(stack, armed, snapshot, audience, clock);
    }

    private FaultCampaign(
            FaultStack stack,
            Campaign armed,
            SnapshotSummary snapshot,
            SyntheticAudience audience,
            InstantSource clock) {
        this.stack = stack;
        this.id = armed.id();
        this.policy = armed.spec().policy();
        this.audience = audience;
        this.clock = clock;
        this.launch = armed.launchId().toString();
        stack.announce(launch);
        this.ledger = new LedgerWatch(stack.cloud().ledger(), armed.launchId(), snapshot);
    }

    private static Campaign armed(FaultStack stack, CampaignId id, Instant now, Duration length) {
        Campaign loaded = stack.cloud().campaigns().find(id).orElseThrow();
        Campaign approved = written(stack, Moves.approve(loaded, APPROVER, Seen.allOf(loaded), now));
        var window = new Window(now.minusSeconds(60), now.plus(length));
        return written(
                stack, Moves.arm(approved, ArmTerms.anybody(window), EnumSet.allOf(Platform.class), AUTHOR, now));
    }

    private static Campaign written(FaultStack stack, Move move) {
        return switch (move) {
            case Move.Moved(Campaign next) ->
                switch (stack.cloud().campaigns().replace(next)) {
                    case WriteResult.Written(Campaign stored) -> stored;
                    case WriteResult.Conflict _, WriteResult.Missing _ ->
                        throw new IllegalStateException("somebody else wrote campaign " + next.id());
                };
            case Move.Refused refused -> throw new IllegalStateException(refused.sentence());
        };
    }

    CampaignId id() {
        return id;
    }

    DeliveryPolicy policy() {
        return policy;
    }

    SyntheticAudience audience() {
        return audience;
    }

    /** The collapse id of everything that is sent for it. */
    String launch() {
        return launch;
    }

    /** The campaign as it is stored now. */
    Campaign stored() {
        return stack.cloud().campaigns().find(id).orElseThrow();
    }

    /** Waits until every API process has seen that so many senders hold its snapshot and are warm. */
    void awaitReady(int senders) throws InterruptedException {
        for (URI api : stack.apis()) {
            try (ApiClient author = new ApiClient(api, AUTHOR)) {
                new CampaignScript(author, id.value(), clock).awaitReady(senders);
            }
        }
    }

    /** Presses once at this API process; the answer to the letter. */
    String press(URI api) {
        try (ApiClient presser = new ApiClient(api, PRESSER)) {
            return presser.postForText("/campaigns/" + id.value() + "/go");
        }
    }

    /** Whether every device has its outcome; looks at the ledger. */
    boolean isSettled() {
        return ledger.look() == audience.size();
    }

    /** Waits, looking at the ledger all the time, until every device has its outcome. */
    void awaitSettled() throws InterruptedException {
        Poll.until(SETTLE_MAX, ledger::look, settled -> settled == audience.size());
    }

    /** Waits until the API has found that the launch is over. */
    void awaitCompleted() throws InterruptedException {
        Poll.until(
                SETTLE_MAX,
                this::stored,
                campaign -> campaign.state() instanceof Completed || campaign.state() instanceof Aborted);
    }

    /** Devices whose outcome changed after it was terminal, over all looks. */
    long changed() {
        return ledger.changed();
    }
}
