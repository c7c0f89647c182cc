package io.broadcaster.campaign;

import java.time.Instant;
import java.util.List;

/**
 * Where a campaign stands, with all that is known only there:
 * Draft → Loading → Loaded → Armed → Launched → Completed, or Aborted, or Failed. The moves are in {@link Moves}.
 */
public sealed interface CampaignState {
    /** Being written. */
    record Draft() implements CampaignState {}

    /** A loader was asked for the snapshot of this revision. */
    record Loading(String requestedBy, Instant since) implements CampaignState {}

    /** The snapshot is sealed; proofs and approvals gather. */
    record Loaded(SnapshotSummary snapshot, List<Approval> approvals) implements CampaignState {
        public Loaded {
            approvals = List.copyOf(approvals);
        }
    }

    /** Ready for the press. */
    record Armed(SnapshotSummary snapshot, List<Approval> approvals, ArmTerms terms, String armedBy, Instant armedAt)
            implements CampaignState {
        public Armed {
            approvals = List.copyOf(approvals);
        }

        /** When it may be pressed and sent. */
        public Window window() {
            return terms.window();
        }

        /** Who may press. */
        public Pressers pressers() {
            return terms.pressers();
        }
    }

    /** The one durable go has happened. */
    record Launched(Armed armed, Launch launch, Dispatch dispatch) implements CampaignState {}

    /** Every device has its outcome in the ledger. */
    record Completed(Armed armed, Launch launch, Instant completedAt) implements CampaignState {}

    /** Stopped after the launch; what was not sent by then is suppressed. */
    record Aborted(Armed armed, Launch launch, String abortedBy, Instant abortedAt) implements CampaignState {}

    /** The load failed; an edit or another load leaves this state. */
    record Failed(String reason, Instant failedAt) implements CampaignState {}

    /** The state's name without its data. */
    default StateName name() {
        return switch (this) {
            case Draft _ -> StateName.DRAFT;
            case Loading _ -> StateName.LOADING;
            case Loaded _ -> StateName.LOADED;
            case Armed _ -> StateName.ARMED;
            case Launched _ -> StateName.LAUNCHED;
            case Completed _ -> StateName.COMPLETED;
            case Aborted _ -> StateName.ABORTED;
            case Failed _ -> StateName.FAILED;
        };
    }
}
