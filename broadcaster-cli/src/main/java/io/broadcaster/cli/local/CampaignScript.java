package io.broadcaster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.broadcaster.audience.Device;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.cli.client.ApiClient;
import io.broadcaster.cli.client.Poll;
import io.broadcaster.config.WireName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What people do before and after the press, through the API and nothing else. Used by one thread. */
public final class CampaignScript {
    private static final Duration STEP_MAX = Duration.ofMinutes(10);
    private static final Set<String> ENDS = Set.of("COMPLETED", "ABORTED", "FAILED");

    private final ApiClient author;
    private final String campaign;
    private final InstantSource clock;

    public CampaignScript(ApiClient author, String campaign, InstantSource clock) {
        this.author = author;
        this.campaign = campaign;
        this.clock = clock;
    }

    /** The author writes the campaign, in every locale. */
    public void create(List<String> locales, PushKind kind) {
        create(locales, kind, DeliveryPolicy.AT_LEAST_ONCE);
    }

    /** The same under another policy. */
    public void create(List<String> locales, PushKind kind, DeliveryPolicy policy) {
        var contents = new ArrayList<Map<String, Object>>();
        for (String locale : locales) {
            contents.add(Map.of(
                    "locale",
                    locale,
                    "platforms",
                    List.of("ios", "android"),
                    "title",
                    "Kick-off! (" + locale + ")",
                    "body",
                    "The advert is on. Open the app for the offer.",
                    "data",
                    Map.of("deeplink", "app://offers/kick-off")));
        }
        author.post(
                "/campaigns",
                Map.of(
                        "id",
                        campaign,
                        "name",
                        "Kick-off advert",
                        "kind",
                        kind.name().toLowerCase(Locale.ROOT),
                        "policy",
                        WireName.of(policy),
                        "expiry",
                        "PT1H",
                        "defaultLocale",
                        locales.getFirst(),
                        "contents",
                        contents));
    }

    /** The author uploads the list and has it loaded; the status once the snapshot is sealed. */
    public JsonNode load(Path userIds) throws InterruptedException {
        author.putFile("/campaigns/" + campaign + "/audience", userIds, Map.of("Content-Type", "text/plain"));
        author.post("/campaigns/" + campaign + "/load");
        JsonNode status = awaitStatus(s -> !state(s).equals("LOADING"));
        if (!state(status).equals("LOADED")) {
            throw new IllegalStateException("the load did not seal a snapshot: " + status);
        }
        return status;
    }

    /** Sends a proof to each test device and waits until the providers took all of them. */
    public void proof(List<Device> testDevices) throws InterruptedException {
        for (Device device : testDevices) {
            String name = "demo-" + device.platform().wireName();
            author.put(
                    "/test-devices/" + name,
                    Map.of(
                            "platform", device.platform().wireName(),
                            "token", device.token().value(),
                            "locale", device.locale().value()));
            author.post("/campaigns/" + campaign + "/proofs", Map.of("testDevice", name));
        }
        JsonNode proofs = Poll.until(
                STEP_MAX, () -> author.get("/campaigns/" + campaign + "/proofs"), CampaignScript::allAnswered);
        for (JsonNode proof : proofs.path("proofs")) {
            if (!proof.path("outcome").asText().equalsIgnoreCase("accepted")) {
                throw new IllegalStateException("a proof was not accepted: " + proof);
            }
        }
    }

    /** A second person says that he has seen all of it on a phone and approves, and the campaign is armed for the next hour. */
    public void approveAndArm(String approver) {
        author.as(approver).post("/campaigns/" + campaign + "/approve", seen());
        Instant now = clock.instant();
        author.post(
                "/campaigns/" + campaign + "/arm",
                Map.of(
                        "notBefore",
                        now.minusSeconds(60).toString(),
                        "notAfter",
                        now.plusSeconds(3600).toString()));
    }

    private Map<String, Object> seen() {
        JsonNode written = author.get("/campaigns/" + campaign);
        var shown = new ArrayList<String>();
        if (written.path("kind").asText().equals(PushKind.ALERT.wireName())) {
            for (JsonNode content : written.path("contents")) {
                content.path("platforms")
                        .forEach(platform -> shown.add(
                                platform.asText() + "/" + content.path("locale").asText()));
            }
        }
        return Map.of("revision", written.path("revision").asInt(), "seen", shown);
    }

    /** Waits until so many senders hold this very snapshot, warm. */
    public void awaitReady(int senders) throws InterruptedException {
        awaitStatus(status -> status.path("senders").path("ready").asInt() >= senders);
    }

    /** Waits until every device has its outcome and every worker has told its timings; the final status. */
    public JsonNode awaitEnd() throws InterruptedException {
        return awaitStatus(status -> ENDS.contains(state(status)) && allTimed(status));
    }

    /** The ledger completes a launch; a worker's figures follow within its flush interval. */
    private static boolean allTimed(JsonNode status) {
        JsonNode progress = status.path("progress");
        for (JsonNode stage : progress.path("stages")) {
            if (stage.path("stage").asText().equals("answer")) {
                return stage.path("count").asLong() >= progress.path("terminal").asLong();
            }
        }
        return false;
    }

    private JsonNode awaitStatus(Predicate<JsonNode> done) throws InterruptedException {
        return Poll.until(STEP_MAX, () -> author.get("/campaigns/" + campaign + "/status"), done);
    }

    private static boolean allAnswered(JsonNode proofs) {
        JsonNode list = proofs.path("proofs");
        for (JsonNode proof : list) {
            if (proof.path("outcome").asText().equalsIgnoreCase("pending")) {
                return false;
            }
        }
        return list.size() == Platform.values().length;
    }

    private static String state(JsonNode status) {
        return status.path("state").asText();
    }
}
