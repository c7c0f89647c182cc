package io.broadcaster.api.progress;

import io.broadcaster.api.go.Fleet;
import io.broadcaster.api.progress.Light.Name;
import io.broadcaster.api.progress.Light.Who;
import io.broadcaster.campaign.Approval;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Aborted;
import io.broadcaster.campaign.CampaignState.Armed;
import io.broadcaster.campaign.CampaignState.Completed;
import io.broadcaster.campaign.CampaignState.Draft;
import io.broadcaster.campaign.CampaignState.Failed;
import io.broadcaster.campaign.CampaignState.Launched;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.CampaignState.Loading;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.delivery.Proof;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue.Depth;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lights of one campaign as of one moment. Snapshot, proof, approval, window and senders are what the press itself asks
 * for; clocks, keys, FCM's quota and queues are looked at here only (decision 16). Empty from the launch on. Pure.
 */
final class Lights {
    /** What a launch goes through. */
    private static final List<QueueName> LAUNCH_QUEUES =
            List.of(QueueName.SLICES, QueueName.BATCHES_IOS, QueueName.BATCHES_ANDROID);

    private final Campaign campaign;
    private final Instant now;

    Lights(Campaign campaign, Instant now) {
        this.campaign = campaign;
        this.now = now;
    }

    /** What is known beside the campaign. */
    record Known(List<Proof> proofs, Fleet fleet, StatusReader.Needs needs, Map<QueueName, Depth> queues) {}

    List<Light> of(Known known) {
        return switch (campaign.state()) {
            case Draft _ -> unsealed(undone(campaign.audience()), known);
            case Loading _ -> unsealed(Light.red(Name.SNAPSHOT, "The audience is being loaded.", Who.NOBODY), known);
            case Failed(var reason, var _) ->
                unsealed(Light.red(Name.SNAPSHOT, "The load failed: " + reason + ".", Who.MARKETER), known);
            case Loaded(var snapshot, var approvals) -> sealed(snapshot, approvals, known);
            case Armed armed -> sealed(armed.snapshot(), armed.approvals(), known);
            case Launched _, Completed _, Aborted _ -> List.of();
        };
    }

    /** What waits for the snapshot waits for whoever brings it about. */
    private List<Light> unsealed(Light snapshot, Known known) {
        Who who = snapshot.who();
        return List.of(
                snapshot,
                Light.red(Name.PROOF, "Proofs can be sent once the snapshot is sealed.", who),
                unapproved(),
                window(),
                Light.red(Name.SENDERS, "Senders take the snapshot up once it is sealed.", who),
                new FleetLights(known.fleet()).clock(),
                Light.red(Name.KEYS, "Keys are looked at once senders hold the snapshot.", who),
                Light.red(Name.QUOTA, "Whether FCM's quota is enough is known once the snapshot is sealed.", who),
                queues(known.queues()),
                deadLetters(known.queues()));
    }

    private List<Light> sealed(SnapshotSummary snapshot, List<Approval> approvals, Known known) {
        var fleet = new FleetLights(known.fleet());
        return List.of(
                audience(snapshot),
                proof(snapshot, known.proofs()),
                approval(snapshot, approvals),
                window(),
                fleet.senders(snapshot, known.needs().sendersReadyMin()),
                fleet.clock(),
                fleet.keys(snapshot),
                quota(snapshot, known.needs().fcmQuotaPerMinute()),
                queues(known.queues()),
                deadLetters(known.queues()));
    }

    private static Light undone(AudienceSource audience) {
        return switch (audience) {
            case AudienceSource.None _ -> Light.red(Name.SNAPSHOT, "No audience has been uploaded.", Who.MARKETER);
            case AudienceSource.Stored _ -> Light.red(Name.SNAPSHOT, "The audience has not been loaded.", Who.MARKETER);
        };
    }

    private static Light audience(SnapshotSummary snapshot) {
        return snapshot.devices() == 0
                ? Light.red(Name.SNAPSHOT, "The snapshot holds no device.", Who.MARKETER)
                : Light.green(
                        Name.SNAPSHOT,
                        number(snapshot.devices()) + " devices in " + number(snapshot.batches())
                                + " batches are sealed.");
    }

    private static Light proof(SnapshotSummary snapshot, List<Proof> proofs) {
        Set<Platform> seen = Proof.acceptedOn(snapshot.contentHash(), proofs);
        String missing = Arrays.stream(Platform.values())
                .filter(platform -> snapshot.devices(platform) > 0 && !seen.contains(platform))
                .map(FleetLights::spoken)
                .collect(Collectors.joining(" and "));
        return missing.isEmpty()
                ? Light.green(Name.PROOF, "This very content was accepted for a test device of each platform.")
                : Light.red(Name.PROOF, "This content has no accepted proof on " + missing + ".", Who.MARKETER);
    }

    private Light approval(SnapshotSummary snapshot, List<Approval> approvals) {
        String by = approvals.stream()
                .filter(approval -> approval.contentHash().equals(snapshot.contentHash()))
                .map(Approval::by)
                .collect(Collectors.joining(", "));
        return by.isEmpty() ? unapproved() : Light.green(Name.APPROVAL, "Approved by " + by + ".");
    }

    private Light unapproved() {
        return Light.red(
                Name.APPROVAL,
                "Somebody who made no part of it must approve, not "
                        + campaign.authors().sentence() + ".",
                Who.APPROVER);
    }

    private Light window() {
        if (!(campaign.state() instanceof Armed armed)) {
            return Light.red(Name.WINDOW, "The campaign is not armed.", Who.MARKETER);
        }
        var window = armed.window();
        if (now.isBefore(window.notBefore())) {
            return Light.red(Name.WINDOW, "The window opens at " + window.notBefore() + ".", Who.NOBODY);
        }
        return window.contains(now)
                ? Light.green(Name.WINDOW, "Armed by " + armed.armedBy() + " until " + window.notAfter() + ".")
                : Light.red(
                        Name.WINDOW,
                        "The window closed at " + window.notAfter() + ": disarm, and arm again.",
                        Who.MARKETER);
    }

    /** FCM refuses what is above it with 429, and so the rest waits for the next minutes. APNs tells of no quota. */
    private static Light quota(SnapshotSummary snapshot, long perMinute) {
        long android = snapshot.devices(Platform.ANDROID);
        return android <= perMinute
                ? Light.green(
                        Name.QUOTA, number(android) + " Android devices; FCM takes " + number(perMinute) + " a minute.")
                : Light.red(
                        Name.QUOTA,
                        "FCM takes " + number(perMinute)
                                + " messages a minute from this project (api.fcm-quota-per-minute): the last of "
                                + number(android) + " Android devices would wait for "
                                + number((android - 1) / perMinute) + " minutes. Have Google raise it.",
                        Who.OPS);
    }

    private static Light queues(Map<QueueName, Depth> depths) {
        if (depths.isEmpty()) {
            return Light.red(Name.QUEUES, "The queues have not been read yet.", Who.NOBODY);
        }
        String busy = LAUNCH_QUEUES.stream()
                .filter(queue ->
                        depth(depths, queue).visible() + depth(depths, queue).inFlight() > 0)
                .map(queue -> queue.wireName() + " "
                        + number(depth(depths, queue).visible()
                                + depth(depths, queue).inFlight()))
                .collect(Collectors.joining(", "));
        return busy.isEmpty()
                ? Light.green(Name.QUEUES, "The queues of the launch are empty.")
                : Light.red(Name.QUEUES, "Messages of another launch are under way: " + busy + ".", Who.OPS);
    }

    private static Light deadLetters(Map<QueueName, Depth> depths) {
        if (depths.isEmpty()) {
            return Light.red(Name.DEAD_LETTERS, "The queues have not been read yet.", Who.NOBODY);
        }
        String dead = LAUNCH_QUEUES.stream()
                .filter(queue -> depth(depths, queue).deadLetters() > 0)
                .map(queue ->
                        queue.wireName() + " " + number(depth(depths, queue).deadLetters()))
                .collect(Collectors.joining(", "));
        return dead.isEmpty()
                ? Light.green(Name.DEAD_LETTERS, "No message of a launch has been given up.")
                : Light.red(Name.DEAD_LETTERS, "Messages were given up: " + dead + ".", Who.OPS);
    }

    private static Depth depth(Map<QueueName, Depth> depths, QueueName queue) {
        Depth depth = depths.get(queue);
        return depth == null ? new Depth(0, 0, 0) : depth;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
