package io.broadcaster.api.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.api.go.Fleet;
import io.broadcaster.api.identity.Act;
import io.broadcaster.api.identity.Right;
import io.broadcaster.api.identity.Rights;
import io.broadcaster.api.identity.Role;
import io.broadcaster.api.progress.Light.Name;
import io.broadcaster.api.progress.Light.Who;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignState.Loaded;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StateName;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.Proof;
import io.broadcaster.delivery.ProviderKey;
import io.broadcaster.delivery.WorkerStatus;
import io.broadcaster.delivery.WorkerStatus.Phase;
import io.broadcaster.delivery.WorkerStatus.SnapshotReadiness;
import io.broadcaster.delivery.WorkerStatus.WorkerRole;
import io.broadcaster.delivery.WorkerVitals;
import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue.Depth;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LightsTest {
    private static final String MANIFEST = Fixtures.snapshot(60_000, 40_000).manifestSha256();
    private static final StatusReader.Needs NEEDS = new StatusReader.Needs(1, 40_000);
    private static final Campaign ARMED = Fixtures.campaign(StateName.ARMED);

    @Test
    void of_everythingThere_isGreenInEveryLight() {
        List<Light> lights = lights(ARMED, Fixtures.NOW, known());

        assertThat(lights).extracting(Light::name).containsExactly(Name.values());
        assertThat(lights).allMatch(Light::green).allMatch(light -> light.who() == Who.NOBODY);
        assertThat(lights.getFirst().why()).isEqualTo("100,000 devices in 280 batches are sealed.");
    }

    @ParameterizedTest
    @EnumSource(
            value = StateName.class,
            names = {"LAUNCHED", "COMPLETED", "ABORTED"})
    void of_launchedCampaign_isEmpty(StateName state) {
        assertThat(lights(Fixtures.campaign(state), Fixtures.NOW, known())).isEmpty();
    }

    @Test
    void snapshot_ofEachStateBefore_saysWhatIsMissing() {
        assertThat(red(Fixtures.campaign(StateName.DRAFT), Name.SNAPSHOT).why())
                .isEqualTo("The audience has not been loaded.");
        assertThat(red(Fixtures.campaign(StateName.LOADING), Name.SNAPSHOT).who())
                .isEqualTo(Who.NOBODY);
        assertThat(red(Fixtures.campaign(StateName.FAILED), Name.SNAPSHOT).why())
                .isEqualTo("The load failed: the audience object is missing.");
        Campaign fresh = Campaign.draft(Fixtures.CAMPAIGN, Fixtures.spec(), Fixtures.AUTHOR, Fixtures.NOW);
        assertThat(red(fresh, Name.SNAPSHOT).why()).isEqualTo("No audience has been uploaded.");
    }

    @Test
    void of_unsealedSnapshot_waitsForWhoBringsItAbout() {
        List<Name> waiting = List.of(Name.SNAPSHOT, Name.PROOF, Name.SENDERS, Name.KEYS, Name.QUOTA);

        assertThat(waiting)
                .allMatch(name -> red(Fixtures.campaign(StateName.DRAFT), name).who() == Who.MARKETER)
                .allMatch(
                        name -> red(Fixtures.campaign(StateName.LOADING), name).who() == Who.NOBODY);
    }

    @ParameterizedTest
    @EnumSource(
            value = Act.class,
            names = {"UPLOAD_AUDIENCE", "LOAD", "PROOF", "ARM", "DISARM"})
    void who_marketer_hasTheRightThatHisLightsAskFor(Act act) {
        assertThat(Rights.of(act, Role.MARKETER)).isEqualTo(Right.YES);
        assertThat(Rights.of(Act.APPROVE, Role.APPROVER)).isEqualTo(Right.YES);
    }

    @Test
    void proof_ofOnePlatformOnly_namesTheOther() {
        var known = known();
        var onlyIos = new Lights.Known(
                List.of(proof(Platform.IOS, OutcomeCode.ACCEPTED), proof(Platform.ANDROID, OutcomeCode.PENDING)),
                known.fleet(),
                NEEDS,
                known.queues());

        Light light = light(lights(ARMED, Fixtures.NOW, onlyIos), Name.PROOF);

        assertThat(light)
                .isEqualTo(Light.red(Name.PROOF, "This content has no accepted proof on Android.", Who.MARKETER));
    }

    @Test
    void approval_missing_saysWhoMayNot() {
        Campaign loaded = Fixtures.campaign(StateName.LOADED);
        var unapproved = new Campaign(
                loaded.id(),
                1,
                0,
                loaded.spec(),
                loaded.audience(),
                new Loaded(Fixtures.snapshot(60_000, 40_000), List.of()),
                Authors.of(Fixtures.AUTHOR),
                Fixtures.NOW,
                Fixtures.NOW);

        Light light = red(unapproved, Name.APPROVAL);

        assertThat(light.why()).isEqualTo("Somebody who made no part of it must approve, not ada.");
        assertThat(light.who()).isEqualTo(Who.APPROVER);
    }

    @Test
    void window_beforeWithinAndAfter_turnsWithTheClock() {
        Instant opens = Fixtures.window().notBefore();
        Instant closes = Fixtures.window().notAfter();

        assertThat(light(lights(ARMED, opens.minusMillis(1), known()), Name.WINDOW))
                .isEqualTo(Light.red(Name.WINDOW, "The window opens at " + opens + ".", Who.NOBODY));
        assertThat(light(lights(ARMED, opens, known()), Name.WINDOW).green()).isTrue();
        assertThat(light(lights(ARMED, closes.minusMillis(1), known()), Name.WINDOW)
                        .green())
                .isTrue();
        assertThat(light(lights(ARMED, closes, known()), Name.WINDOW).who()).isEqualTo(Who.MARKETER);
        assertThat(red(Fixtures.campaign(StateName.LOADED), Name.WINDOW).why()).isEqualTo("The campaign is not armed.");
    }

    @Test
    void senders_withAnotherSnapshot_areNotReady() {
        var known = new Lights.Known(proofs(), fleet("00"), NEEDS, queues(Map.of()));

        Light light = light(lights(ARMED, Fixtures.NOW, known), Name.SENDERS);

        assertThat(light.green()).isFalse();
        assertThat(light.why()).isEqualTo("0 of 1 live senders hold this very snapshot; at least 1 must.");
        assertThat(light.who()).isEqualTo(Who.OPS);
    }

    @Test
    void clock_offUnknownOrOnTime_saysWhoseAndHowFar() {
        assertThat(clock(Optional.of(Duration.ofMillis(-300))))
                .isEqualTo(Light.green(
                        Name.CLOCK, "Every clock is within 2.0 s of the cloud's; the farthest is off by 0.3 s."));
        assertThat(clock(Optional.of(FleetLights.CLOCK_OFFSET_MAX)).green()).isTrue();
        assertThat(clock(Optional.of(Duration.ofMillis(-3_210))))
                .isEqualTo(Light.red(Name.CLOCK, "The clock of sender-1 is 3.2 s slow.", Who.OPS));
        assertThat(clock(Optional.empty()).why()).isEqualTo("The clock of sender-1 is not known.");
        Light nobody = light(lights(ARMED, Fixtures.NOW, known(new Fleet(List.of(), Fixtures.NOW))), Name.CLOCK);
        assertThat(nobody.green()).isFalse();
    }

    @Test
    void keys_newestNotInUseOrTokenOld_saysWhose() {
        assertThat(keys(key(Platform.IOS, ProviderKey.Phase.REFUSED, 1), key(Platform.ANDROID)))
                .isEqualTo(Light.red(Name.KEYS, "The newest iOS key of sender-1 is refused.", Who.OPS));
        assertThat(keys(key(Platform.IOS, ProviderKey.Phase.IN_USE, 55), key(Platform.ANDROID))
                        .green())
                .isTrue();
        assertThat(keys(key(Platform.IOS), key(Platform.ANDROID, ProviderKey.Phase.IN_USE, 56))
                        .why())
                .isEqualTo("The Android token of sender-1 is 56 minutes old.");
        assertThat(keys(key(Platform.IOS)).why()).isEqualTo("No Android key of sender-1 is known.");
    }

    @Test
    void keys_ofSendersThatAreNotReady_doNotCount() {
        Light light = light(lights(ARMED, Fixtures.NOW, known(fleet("00"))), Name.KEYS);

        assertThat(light).isEqualTo(Light.red(Name.KEYS, "No ready sender shows its keys.", Who.OPS));
    }

    @Test
    void keys_ofManySenders_namesThreeAndCountsTheRest() {
        var dark = new ArrayList<WorkerStatus>();
        for (int i = 1; i <= 3; i++) {
            dark.add(sender("sender-" + i, MANIFEST, WorkerVitals.UNKNOWN));
        }
        Light light = light(lights(ARMED, Fixtures.NOW, known(new Fleet(dark, Fixtures.NOW))), Name.KEYS);

        assertThat(light.why())
                .isEqualTo("No iOS key of sender-1 is known; no Android key of sender-1 is known; "
                        + "no iOS key of sender-2 is known; and 3 more.");
    }

    private static Light clock(Optional<Duration> offset) {
        var vitals = new WorkerVitals(0, 1, 2, offset, List.of());
        var fleet = new Fleet(List.of(sender("sender-1", MANIFEST, vitals)), Fixtures.NOW);
        return light(lights(ARMED, Fixtures.NOW, known(fleet)), Name.CLOCK);
    }

    private static Light keys(ProviderKey... keys) {
        var fleet = new Fleet(List.of(sender("sender-1", MANIFEST, vitals(keys))), Fixtures.NOW);
        return light(lights(ARMED, Fixtures.NOW, known(fleet)), Name.KEYS);
    }

    private static ProviderKey key(Platform platform) {
        return key(platform, ProviderKey.Phase.IN_USE, 1);
    }

    private static ProviderKey key(Platform platform, ProviderKey.Phase phase, int tokenAgeMinutes) {
        Instant issued = Fixtures.NOW.minus(Duration.ofMinutes(tokenAgeMinutes));
        return new ProviderKey(platform, "key", phase, "", Optional.of(issued));
    }

    private static WorkerVitals vitals(ProviderKey... keys) {
        return new WorkerVitals(0, 1, 2, Optional.of(Duration.ZERO), List.of(keys));
    }

    private static Lights.Known known(Fleet fleet) {
        return new Lights.Known(proofs(), fleet, NEEDS, queues(Map.of()));
    }

    @Test
    void queues_withMessagesOfALaunch_areRedAndCounted() {
        var busy = queues(Map.of(
                QueueName.BATCHES_IOS, new Depth(1_200, 34, 0),
                QueueName.LOADS, new Depth(7, 0, 3),
                QueueName.SLICES, new Depth(0, 0, 2)));
        List<Light> lights = lights(ARMED, Fixtures.NOW, new Lights.Known(proofs(), fleet(MANIFEST), NEEDS, busy));

        assertThat(light(lights, Name.QUEUES).why())
                .isEqualTo("Messages of another launch are under way: batches-ios 1,234.");
        assertThat(light(lights, Name.DEAD_LETTERS).why()).isEqualTo("Messages were given up: slices 2.");
    }

    @Test
    void quota_asManyAsAndroidDevices_isGreenAndSaysBoth() {
        assertThat(light(lights(ARMED, Fixtures.NOW, known()), Name.QUOTA).why())
                .isEqualTo("40,000 Android devices; FCM takes 40,000 a minute.");
    }

    @ParameterizedTest
    @CsvSource({"39999, 1", "20000, 1", "19999, 2", "1000, 39"})
    void quota_belowTheAndroidDevices_isRedAndSaysHowLongTheLastWaits(int perMinute, int minutes) {
        var known = new Lights.Known(proofs(), fleet(MANIFEST), new StatusReader.Needs(1, perMinute), queues(Map.of()));

        Light light = light(lights(ARMED, Fixtures.NOW, known), Name.QUOTA);

        assertThat(light.green()).isFalse();
        assertThat(light.why()).contains("the last of 40,000 Android devices would wait for " + minutes + " minutes.");
        assertThat(light.who()).isEqualTo(Who.OPS);
    }

    @Test
    void queues_neverRead_areRed() {
        List<Light> lights = lights(ARMED, Fixtures.NOW, new Lights.Known(proofs(), fleet(MANIFEST), NEEDS, Map.of()));

        assertThat(light(lights, Name.QUEUES).green()).isFalse();
        assertThat(light(lights, Name.DEAD_LETTERS).green()).isFalse();
    }

    private static List<Light> lights(Campaign campaign, Instant now, Lights.Known known) {
        return new Lights(campaign, now).of(known);
    }

    private static Light red(Campaign campaign, Name name) {
        Light light = light(lights(campaign, Fixtures.NOW, known()), name);
        assertThat(light.green()).as(light.why()).isFalse();
        return light;
    }

    private static Light light(List<Light> lights, Name name) {
        return lights.stream().filter(light -> light.name() == name).findFirst().orElseThrow();
    }

    private static Lights.Known known() {
        return new Lights.Known(proofs(), fleet(MANIFEST), NEEDS, queues(Map.of()));
    }

    private static List<Proof> proofs() {
        return Arrays.stream(Platform.values())
                .map(platform -> proof(platform, OutcomeCode.ACCEPTED))
                .toList();
    }

    private static Proof proof(Platform platform, OutcomeCode result) {
        return new Proof(
                "proof-" + platform.wireName(),
                Fixtures.CAMPAIGN,
                1,
                Fixtures.snapshot(1, 1).contentHash(),
                "phone",
                platform,
                Fixtures.ENGLISH,
                Fixtures.AUTHOR,
                Fixtures.NOW.minus(Duration.ofMinutes(20)),
                result);
    }

    private static Fleet fleet(String manifest) {
        return new Fleet(
                List.of(sender("sender-1", manifest, vitals(key(Platform.IOS), key(Platform.ANDROID)))), Fixtures.NOW);
    }

    private static WorkerStatus sender(String name, String manifest, WorkerVitals vitals) {
        var readiness = new SnapshotReadiness("big-game", 1, manifest, Phase.READY, "");
        return new WorkerStatus(
                name, WorkerRole.SENDER, "test", Fixtures.NOW, Fixtures.NOW, List.of(readiness), 4, 0, vitals);
    }

    private static Map<QueueName, Depth> queues(Map<QueueName, Depth> other) {
        var depths = new EnumMap<QueueName, Depth>(QueueName.class);
        for (QueueName name : QueueName.values()) {
            depths.put(name, other.getOrDefault(name, new Depth(0, 0, 0)));
        }
        return depths;
    }
}
