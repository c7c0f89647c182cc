package io.broadcaster.api.go;

import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.CampaignStore.WriteResult.Conflict;
import io.broadcaster.campaign.CampaignStore.WriteResult.Missing;
import io.broadcaster.campaign.CampaignStore.WriteResult.Written;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.task.Slicing;
import io.broadcaster.task.WaitingClock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The press. One conditional write ARMED→LAUNCHED is the commit point; its winner dispatches, and whoever loses, or comes
 * a week later, is answered with the launch that stands. Safe for any thread and any number of API processes; blocks for
 * its turn, one read and at most one write of the store per attempt; fails as the store does, and may then be pressed again.
 */
public final class Go {
    /** Conditional writes of one press, each lost to an edit (never to a launch, which ends the press). */
    private static final int ATTEMPTS_MAX = 10;

    private final CampaignStore campaigns;
    private final Readiness readiness;
    private final Dispatches dispatches;
    private final PressLog log;
    private final InstantSource clock;
    private final Turns turns;

    public Go(CampaignStore campaigns, Readiness readiness, Dispatches dispatches, PressLog log, InstantSource clock) {
        this.campaigns = campaigns;
        this.readiness = readiness;
        this.dispatches = dispatches;
        this.log = log;
        this.clock = clock;
        turns = new Turns(WaitingClock.of(clock));
    }

    /** The fleet, and how many of its senders must hold the snapshot. */
    public record Readiness(FleetView fleet, int sendersMin) {}

    /** Presses once in the name of {@code presser}, when the presses of this process before it had their turn. */
    public Press press(CampaignId id, String presser) {
        return turns.take(id, () -> pressNow(id, presser));
    }

    private Press pressNow(CampaignId id, String presser) {
        Optional<Campaign> read = campaigns.find(id);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (read.isEmpty()) {
                return new Press.Missing(id);
            }
            switch (attempt(read.get(), presser)) {
                case Attempt.Won(Launch launch) -> {
                    return new Press.Launched(launch);
                }
                case Attempt.Answered(Press answer) -> {
                    log.answered(read.get(), presser, answer);
                    return answer;
                }
                case Attempt.LookAgain(Optional<Campaign> current) -> read = current;
            }
        }
        var contended = new Press.Contended(ATTEMPTS_MAX);
        read.ifPresent(seen -> log.answered(seen, presser, contended));
        return contended;
    }

    private Attempt attempt(Campaign campaign, String presser) {
        return switch (campaign.state()) {
            case Launched(var _, var launch, var _) -> {
                dispatches.repeatIfOverdue(campaign);
                yield new Attempt.Answered(new Press.Launched(launch));
            }
            case Completed(var _, var launch, var _) -> new Attempt.Answered(new Press.Launched(launch));
            case Aborted(var _, var launch, var _, var _) -> new Attempt.Answered(new Press.Launched(launch));
            case Armed armed -> launch(campaign, armed, presser);
            case Draft _, Loading _, Loaded _, Failed _ -> refuse(campaign, presser);
        };
    }

    private Attempt launch(Campaign campaign, Armed armed, String presser) {
        if (!armed.pressers().allow(presser)) {
            return unlessChanged(campaign, new Press.NotNamed(presser, armed.pressers()));
        }
        // Milliseconds, because every store and message keeps just those and all pressers must read the same instant.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (Moves.go(campaign, Slicing.count(armed.snapshot()), presser, now)) {
            case Move.Refused refusal -> unlessChanged(campaign, new Press.Refused(refusal));
            case Move.Moved(Campaign launched) -> {
                Fleet seen = readiness.fleet().current();
                int ready = seen.readySenders(armed.snapshot().manifestSha256());
                if (ready < readiness.sendersMin()) {
                    yield unlessChanged(campaign, new Press.NotReady(ready, readiness.sendersMin(), seen.senders()));
                }
                yield commit(launched);
            }
        };
    }

    private Attempt commit(Campaign launched) {
        return switch (campaigns.replace(launched)) {
            case Written(Campaign stored) -> {
                dispatches.begin(stored);
                log.launched(stored);
                yield won(stored);
            }
            case Conflict(Campaign current) -> new Attempt.LookAgain(Optional.of(current));
            case Missing _ -> new Attempt.LookAgain(Optional.empty());
        };
    }

    private static Attempt won(Campaign stored) {
        if (stored.state() instanceof Launched(var _, var launch, var _)) {
            return new Attempt.Won(launch);
        }
        throw new IllegalStateException("what was stored must be what was launched");
    }

    private Attempt refuse(Campaign campaign, String presser) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (Moves.go(campaign, 0, presser, now)) {
            case Move.Refused refusal -> new Attempt.Answered(new Press.Refused(refusal));
            case Move.Moved _ -> throw new IllegalStateException("a campaign that is not armed must not launch");
        };
    }

    /** A refusal must not reach a presser after another one's launch: it stands only if nobody wrote since the read. */
    private Attempt unlessChanged(Campaign campaign, Press refusal) {
        Optional<Campaign> current = campaigns.find(campaign.id());
        boolean same = current.map(now -> now.version() == campaign.version()).orElse(false);
        return same ? new Attempt.Answered(refusal) : new Attempt.LookAgain(current);
    }

    /** One read and its consequence: an answer, or a newer campaign to look at. */
    private sealed interface Attempt {
        record Answered(Press press) implements Attempt {}

        record Won(Launch launch) implements Attempt {}

        record LookAgain(Optional<Campaign> current) implements Attempt {}
    }
}
