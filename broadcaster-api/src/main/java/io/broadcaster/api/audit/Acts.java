package io.broadcaster.api.audit;

import io.broadcaster.audit.AuditAct;
import io.broadcaster.audit.AuditAction;
import io.broadcaster.audit.AuditSubject;
import io.broadcaster.audit.RecordHash;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.delivery.TestDevice;
import io.broadcaster.task.QueueName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes acts, each with the time and an id of its own. Safe for any thread. */
public final class Acts {
    private final Supplier<String> ids;
    private final InstantSource clock;

    public Acts(Supplier<String> ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** A new campaign. */
    public AuditAct create(Campaign draft) {
        return act(
                draft.authors().first(),
                AuditAction.CREATE,
                draft,
                new Hashes(RecordHash.NONE, RecordHash.of(draft)),
                "");
    }

    /** A campaign's change from one record to the next; {@code detail} is what there is to say beside the move. */
    public AuditAct change(String who, AuditAction action, Campaign before, Campaign after, String detail) {
        String moved = before.state().name() + " to " + after.state().name();
        String all = detail.isEmpty() ? moved : moved + ", " + detail;
        return act(who, action, after, new Hashes(RecordHash.of(before), RecordHash.of(after)), all);
    }

    /** The end of a campaign. */
    public AuditAct delete(String who, Campaign campaign) {
        return act(who, AuditAction.DELETE, campaign, new Hashes(RecordHash.of(campaign), RecordHash.NONE), "");
    }

    /** An act that leaves the campaign's record as it is. */
    public AuditAct about(String who, AuditAction action, Campaign campaign, String detail) {
        String hash = RecordHash.of(campaign);
        return act(who, action, campaign, new Hashes(hash, hash), detail);
    }

    /** A test device registered, in the place of another one of its name perhaps. */
    public AuditAct register(Optional<TestDevice> before, TestDevice after) {
        return new AuditAct(
                ids.get(),
                now(),
                after.owner(),
                AuditAction.TEST_DEVICE,
                AuditSubject.ofTestDevice(after.name()),
                0,
                before.map(RecordHash::of).orElse(RecordHash.NONE),
                RecordHash.of(after),
                after.platform().wireName() + " " + after.locale());
    }

    /** Dead letters put back. */
    public AuditAct redrive(String who, QueueName queue, String detail) {
        return AuditAct.redrive(ids.get(), now(), who, queue, detail);
    }

    Instant now() {
        return clock.instant();
    }

    private record Hashes(String before, String after) {}

    private AuditAct act(String who, AuditAction action, Campaign campaign, Hashes hashes, String detail) {
        return new AuditAct(
                ids.get(),
                now(),
                who,
                action,
                AuditSubject.of(campaign.id()),
                campaign.revision(),
                hashes.before(),
                hashes.after(),
                detail);
    }
}
