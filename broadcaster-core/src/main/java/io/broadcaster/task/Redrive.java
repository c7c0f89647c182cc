package io.broadcaster.task;

import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.CampaignStore;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.StateName;
import io.broadcaster.task.DeadLetterQueue.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Putting one queue's dead letters back, whoever asks for it: look first, and put back from {@link Look#safeAt} on. The queue
 * counts deliveries from 1 again: only by its age is a batch known for one that may have been sent before. Blocks; any thread.
 */
public record Redrive(QueueName name, TaskQueue queue, DeadLetterQueue deadLetters, CampaignStore campaigns) {
    /** From so long after the press on, senders ask the ledger before they send even a first delivery. */
    public static final Duration SAFE_AFTER = Duration.ofMinutes(2);

    /** Dead letters whose press is looked at. */
    public static final int LOOKED_AT_MAX = 1_000;

    /** How many dead letters there are, and when they may go back. */
    public record Look(long letters, Instant safeAt) {
        /** Whether they may go back now. */
        public boolean isSafe(Instant now) {
            return !safeAt.isAfter(now);
        }

        /** What the audit log says of it. */
        public String detail(int perSecond) {
            return String.format(Locale.ROOT, "%d dead letters, %d per second", letters, perSecond);
        }
    }

    /** What is not seen, be it too much or in another's hands just now, is taken for the youngest launch's that there is. */
    public Look look() {
        long letters = queue.depth().deadLetters();
        if (letters == 0) {
            return new Look(0, Instant.EPOCH);
        }
        List<DeadLetter> seen = letters > LOOKED_AT_MAX ? List.of() : deadLetters.peek(LOOKED_AT_MAX);
        Instant youngest = seen.size() < letters
                ? youngestLaunch()
                : seen.stream()
                        .flatMap(letter -> pressedAt(letter.body()).stream())
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH);
        return new Look(letters, youngest.plus(SAFE_AFTER));
    }

    private Instant youngestLaunch() {
        return campaigns.inStates(EnumSet.of(StateName.LAUNCHED, StateName.COMPLETED, StateName.ABORTED)).stream()
                .flatMap(campaign -> launch(campaign.state()).stream())
                .map(Launch::pressedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static Optional<Launch> launch(CampaignState state) {
        return switch (state) {
            case Draft _, Loading _, Loaded _, Armed _, Failed _ -> Optional.empty();
            case Launched(var _, var launch, var _) -> Optional.of(launch);
            case Completed(var _, var launch, var _) -> Optional.of(launch);
            case Aborted(var _, var launch, var _, var _) -> Optional.of(launch);
        };
    }

    private static Optional<Instant> pressedAt(String body) {
        try {
            return Optional.of(TaskCodec.readBatch(body).launch().pressedAt());
        } catch (InvalidInput e) {
            return Optional.empty(); // no batch: a slice is known by its id, and what nobody can read is sent by nobody
        }
    }
}
