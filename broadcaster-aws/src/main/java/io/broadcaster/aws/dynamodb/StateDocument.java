package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.Approval;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignState;
import io.broadcaster.campaign.Dispatch;
import io.broadcaster.campaign.Launch;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.campaign.SnapshotSummary;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.Window;
import java.util.List;

/** The part of a {@link CampaignDocument} that differs by state: {@code name} says which record the rest is. */
final class StateDocument {
    private StateDocument() {}

    static ObjectNode write(CampaignState state) {
        ObjectNode node = Documents.object().put("name", state.name().name());
        switch (state) {
            case CampaignState.Draft _ -> {}
            case CampaignState.Loading loading ->
                node.put("requestedBy", loading.requestedBy())
                        .put("since", loading.since().toString());
            case CampaignState.Loaded loaded -> {
                node.set("snapshot", snapshot(loaded.snapshot()));
                node.set("approvals", approvals(loaded.approvals()));
            }
            case CampaignState.Armed armed -> node.setAll(armed(armed));
            case CampaignState.Launched launched -> {
                launched(node, launched.armed(), launched.launch());
                node.set("dispatch", dispatch(launched.dispatch()));
            }
            case CampaignState.Completed completed -> {
                launched(node, completed.armed(), completed.launch());
                node.put("completedAt", completed.completedAt().toString());
            }
            case CampaignState.Aborted aborted -> {
                launched(node, aborted.armed(), aborted.launch());
                node.put("abortedBy", aborted.abortedBy())
                        .put("abortedAt", aborted.abortedAt().toString());
            }
            case CampaignState.Failed failed ->
                node.put("reason", failed.reason())
                        .put("failedAt", failed.failedAt().toString());
        }
        return node;
    }

    static CampaignState read(DocumentReader node) {
        return switch (node.constant("name", StateName.class)) {
            case DRAFT -> new CampaignState.Draft();
            case LOADING -> new CampaignState.Loading(node.text("requestedBy"), node.instant("since"));
            case LOADED -> new CampaignState.Loaded(snapshot(node.object("snapshot")), approvals(node));
            case ARMED -> armed(node);
            case LAUNCHED ->
                new CampaignState.Launched(
                        armed(node.object("armed")), launch(node.object("launch")), dispatch(node.object("dispatch")));
            case COMPLETED ->
                new CampaignState.Completed(
                        armed(node.object("armed")), launch(node.object("launch")), node.instant("completedAt"));
            case ABORTED ->
                new CampaignState.Aborted(
                        armed(node.object("armed")),
                        launch(node.object("launch")),
                        node.text("abortedBy"),
                        node.instant("abortedAt"));
            case FAILED -> new CampaignState.Failed(node.text("reason"), node.instant("failedAt"));
        };
    }

    private static void launched(ObjectNode node, CampaignState.Armed armed, Launch launch) {
        node.set("armed", armed(armed));
        node.set("launch", launch(launch));
    }

    private static ObjectNode armed(CampaignState.Armed armed) {
        ObjectNode node = Documents.object();
        node.set("snapshot", snapshot(armed.snapshot()));
        node.set("approvals", approvals(armed.approvals()));
        if (!armed.pressers().names().isEmpty()) {
            ArrayNode pressers = node.putArray("pressers");
            armed.pressers().names().forEach(pressers::add);
        }
        return node.put("notBefore", armed.window().notBefore().toString())
                .put("notAfter", armed.window().notAfter().toString())
                .put("armedBy", armed.armedBy())
                .put("armedAt", armed.armedAt().toString());
    }

    private static CampaignState.Armed armed(DocumentReader node) {
        return new CampaignState.Armed(
                snapshot(node.object("snapshot")),
                approvals(node),
                new ArmTerms(
                        new Window(node.instant("notBefore"), node.instant("notAfter")),
                        node.has("pressers") ? new Pressers(node.texts("pressers")) : Pressers.ANYBODY),
                node.text("armedBy"),
                node.instant("armedAt"));
    }

    private static ArrayNode approvals(List<Approval> approvals) {
        ArrayNode array = Documents.array();
        approvals.forEach(approval -> array.addObject()
                .put("by", approval.by())
                .put("at", approval.at().toString())
                .put("contentHash", approval.contentHash()));
        return array;
    }

    private static List<Approval> approvals(DocumentReader node) {
        return node.objects("approvals").stream()
                .map(each -> new Approval(each.text("by"), each.instant("at"), each.text("contentHash")))
                .toList();
    }

    private static ObjectNode launch(Launch launch) {
        return Documents.object()
                .put("id", launch.id().value())
                .put("campaign", launch.campaign().value())
                .put("revision", launch.revision())
                .put("pressedBy", launch.pressedBy())
                .put("pressedAt", launch.pressedAt().toString())
                .put("slices", launch.slices())
                .put("batches", launch.batches());
    }

    private static Launch launch(DocumentReader node) {
        return new Launch(
                new LaunchId(node.text("id")),
                new CampaignId(node.text("campaign")),
                node.integer("revision"),
                node.text("pressedBy"),
                node.instant("pressedAt"),
                node.integer("slices"),
                node.integer("batches"));
    }

    private static ObjectNode dispatch(Dispatch dispatch) {
        ObjectNode node = Documents.object().put("ordinal", dispatch.ordinal());
        return switch (dispatch) {
            case Dispatch.Pending pending ->
                node.put("step", "PENDING").put("since", pending.since().toString());
            case Dispatch.Sent sent ->
                node.put("step", "SENT").put("at", sent.at().toString());
        };
    }

    private static Dispatch dispatch(DocumentReader node) {
        return switch (node.text("step")) {
            case "PENDING" -> new Dispatch.Pending(node.integer("ordinal"), node.instant("since"));
            case "SENT" -> new Dispatch.Sent(node.integer("ordinal"), node.instant("at"));
            default -> throw node.unknown("step");
        };
    }

    private static ObjectNode snapshot(SnapshotSummary snapshot) {
        ObjectNode node = Documents.object()
                .put("manifestKey", snapshot.manifestKey())
                .put("manifestSha256", snapshot.manifestSha256())
                .put("contentHash", snapshot.contentHash())
                .put("iosDevices", snapshot.iosDevices())
                .put("iosBatches", snapshot.iosBatches())
                .put("androidDevices", snapshot.androidDevices())
                .put("androidBatches", snapshot.androidBatches());
        node.set("counts", LoadCountsDocument.write(snapshot.counts()));
        return node;
    }

    private static SnapshotSummary snapshot(DocumentReader node) {
        return new SnapshotSummary(
                node.text("manifestKey"),
                node.text("manifestSha256"),
                node.text("contentHash"),
                node.number("iosDevices"),
                node.integer("iosBatches"),
                node.number("androidDevices"),
                node.integer("androidBatches"),
                LoadCountsDocument.read(node.object("counts")));
    }
}
