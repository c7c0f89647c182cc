package io.broadcaster.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.campaign.Move.Moved;
import io.broadcaster.campaign.Move.Refused;
import io.broadcaster.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MovesTest {
    private static final Instant NOW = Fixtures.NOW.plusSeconds(1);
    private static final Set<Platform> BOTH = EnumSet.allOf(Platform.class);
    private static final List<String> SHOWN = List.of("ios/en", "android/en", "ios/de", "android/de");

    private static final String FINAL = "a launch is final; copy the campaign";
    private static final String LOADING = "wait until the load has ended";

    /** A move: its name in a refusal, where it leads from where, and the rule that refuses it elsewhere. */
    record Row(
            String name,
            StateName to,
            Set<StateName> from,
            Function<StateName, String> rule,
            Function<Campaign, Move> move) {}

    private static List<Row> moves() {
        return List.of(
                new Row(
                        "edit",
                        StateName.DRAFT,
                        editable(),
                        MovesTest::editRule,
                        c -> Moves.edit(c, Fixtures.silentSpec(), "eve", NOW)),
                new Row(
                        "replace the audience of",
                        StateName.DRAFT,
                        editable(),
                        MovesTest::editRule,
                        c -> Moves.replaceAudience(c, Fixtures.audience(), "ada", NOW)),
                row(
                        "load",
                        StateName.LOADING,
                        EnumSet.of(StateName.DRAFT, StateName.FAILED),
                        "it must be DRAFT or FAILED",
                        c -> Moves.load(c, "ada", NOW)),
                row(
                        "finish the load of",
                        StateName.LOADED,
                        EnumSet.of(StateName.LOADING),
                        "it must be LOADING",
                        c -> Moves.loaded(c, Fixtures.snapshot(500, 250), NOW)),
                row(
                        "fail",
                        StateName.FAILED,
                        EnumSet.of(StateName.LOADING),
                        "it must be LOADING",
                        c -> Moves.fail(c, "no such object", NOW)),
                row(
                        "approve",
                        StateName.LOADED,
                        EnumSet.of(StateName.LOADED),
                        "it must be LOADED",
                        c -> Moves.approve(c, "grace", Seen.allOf(c), NOW)),
                row(
                        "arm",
                        StateName.ARMED,
                        EnumSet.of(StateName.LOADED),
                        "it must be LOADED",
                        c -> Moves.arm(c, ArmTerms.anybody(Fixtures.window()), BOTH, "mary", NOW)),
                row(
                        "disarm",
                        StateName.LOADED,
                        EnumSet.of(StateName.ARMED),
                        "it must be ARMED",
                        c -> Moves.disarm(c, NOW)),
                row(
                        "launch",
                        StateName.LAUNCHED,
                        EnumSet.of(StateName.ARMED),
                        "it must be ARMED",
                        c -> Moves.go(c, 50, "mary", NOW)),
                row(
                        "mark as dispatched",
                        StateName.LAUNCHED,
                        EnumSet.of(StateName.LAUNCHED),
                        "it must be LAUNCHED with a pending dispatch",
                        c -> Moves.dispatched(c, NOW)),
                row(
                        "dispatch again",
                        StateName.LAUNCHED,
                        EnumSet.of(StateName.LAUNCHED),
                        "it must be LAUNCHED",
                        c -> Moves.redispatch(c, NOW)),
                row(
                        "complete",
                        StateName.COMPLETED,
                        EnumSet.of(StateName.LAUNCHED),
                        "it must be LAUNCHED",
                        c -> Moves.complete(c, NOW)),
                row(
                        "abort",
                        StateName.ABORTED,
                        EnumSet.of(StateName.LAUNCHED),
                        "it must be LAUNCHED",
                        c -> Moves.abort(c, "mary", NOW)));
    }

    static Stream<Arguments> everyMoveInEveryState() {
        return moves().stream()
                .flatMap(row -> Stream.of(StateName.values()).map(state -> Arguments.of(row.name(), state, row)));
    }

    @ParameterizedTest(name = "{0} when {1}")
    @MethodSource("everyMoveInEveryState")
    void move_inAState_leadsOnOrIsRefusedByName(String name, StateName state, Row row) {
        Campaign campaign = Fixtures.campaign(state);

        switch (row.move().apply(campaign)) {
            case Moved(Campaign next) -> {
                assertThat(row.from()).as("legal from").contains(state);
                assertThat(next.state().name()).isEqualTo(row.to());
                assertThat(next.updatedAt()).isEqualTo(NOW);
                assertThat(next.version()).isEqualTo(campaign.version());
                assertThat(next.id()).isEqualTo(campaign.id());
            }
            case Refused refused -> {
                assertThat(row.from()).as("refused from").doesNotContain(state);
                assertThat(refused)
                        .isEqualTo(new Refused(name, state, row.rule().apply(state)));
                assertThat(refused.sentence())
                        .isEqualTo("cannot " + name + " a campaign that is " + state + ": "
                                + row.rule().apply(state));
            }
        }
    }

    @Test
    void edit_armed_isANewRevisionWithAnotherLaunch() {
        Campaign armed = Fixtures.campaign(StateName.ARMED);

        Campaign edited = moved(Moves.edit(armed, Fixtures.silentSpec(), "eve", NOW));

        assertThat(edited.revision()).isEqualTo(armed.revision() + 1);
        assertThat(edited.authors().names()).containsExactly("ada", "eve");
        assertThat(edited.launchId()).isNotEqualTo(armed.launchId());
        assertThat(edited.audience()).isEqualTo(armed.audience());
    }

    @Test
    void load_withoutAudience_isRefused() {
        Campaign draft = Campaign.draft(Fixtures.CAMPAIGN, Fixtures.spec(), "ada", NOW);

        assertThat(refused(Moves.load(draft, "ada", NOW))).isEqualTo("it has no audience");
    }

    @Test
    void approve_byWhoeverMadeAnyPartOfIt_isRefusedWhoeverChangedItSince() {
        Campaign written = Fixtures.campaign(StateName.DRAFT);
        Campaign edited = moved(Moves.edit(written, Fixtures.spec(), "eve", NOW));
        Campaign uploaded = moved(Moves.replaceAudience(edited, Fixtures.audience(), "tom", NOW));
        Campaign again = moved(Moves.edit(uploaded, Fixtures.spec(), Fixtures.AUTHOR, NOW));
        Campaign loading = moved(Moves.load(again, "joan", NOW));
        Campaign loaded = moved(Moves.loaded(loading, Fixtures.snapshot(500, 250), NOW));

        for (String author : List.of(Fixtures.AUTHOR, "eve", "tom")) {
            assertThat(refused(Moves.approve(loaded, author, Seen.allOf(loaded), NOW)))
                    .isEqualTo("'" + author + "' made or changed part of it and cannot be the second person");
        }
        assertThat(Moves.approve(loaded, "joan", Seen.allOf(loaded), NOW)).isInstanceOf(Moved.class);
    }

    @Test
    void edit_byOneMoreThanACampaignMayHave_isRefused() {
        Campaign campaign = Fixtures.campaign(StateName.DRAFT);
        for (int i = 1; i < Authors.MAX; i++) {
            campaign = moved(Moves.edit(campaign, Fixtures.spec(), "user-" + i, NOW));
        }

        assertThat(refused(Moves.edit(campaign, Fixtures.spec(), "eve", NOW)))
                .isEqualTo("it has 100 authors; copy the campaign");
        assertThat(Moves.edit(campaign, Fixtures.spec(), "user-1", NOW)).isInstanceOf(Moved.class);
    }

    @Test
    void approve_notSeenOnAPhone_isRefusedAndNamesWhatIsMissing() {
        Campaign loaded = Fixtures.campaign(StateName.LOADED);

        assertThat(refused(Moves.approve(loaded, "joan", new Seen(loaded.revision(), List.of()), NOW)))
                .isEqualTo("not yet seen on a phone: ios/en, android/en, ios/de, android/de;"
                        + " 'seen' must name ios/en, android/en, ios/de, android/de");
        assertThat(refused(Moves.approve(
                        loaded, "joan", new Seen(loaded.revision(), List.of("ios/en", "android/en", "ios/de")), NOW)))
                .startsWith("not yet seen on a phone: android/de; 'seen' must name");
        var more = new ArrayList<>(SHOWN);
        more.add("android/fr");
        assertThat(refused(Moves.approve(loaded, "joan", new Seen(loaded.revision(), more), NOW)))
                .startsWith("more was seen than phones show of this content; 'seen' must name");
    }

    @Test
    void approve_whatWasSeenOfAnotherRevision_isRefused() {
        Campaign seen = Fixtures.campaign(StateName.LOADED);
        Campaign edited = moved(Moves.edit(seen, Fixtures.spec(), Fixtures.AUTHOR, NOW));
        Campaign loaded =
                moved(Moves.loaded(moved(Moves.load(edited, Fixtures.AUTHOR, NOW)), Fixtures.snapshot(500, 250), NOW));

        for (Seen of : List.of(Seen.allOf(seen), new Seen(0, SHOWN))) {
            assertThat(refused(Moves.approve(loaded, "joan", of, NOW)))
                    .isEqualTo("'revision' must be the one that was looked at, and that must be 2");
        }
    }

    @Test
    void approve_ofASilentCampaign_isOfNothingSeen() {
        Campaign draft = moved(Moves.edit(Fixtures.campaign(StateName.DRAFT), Fixtures.silentSpec(), "ada", NOW));
        Campaign loading = moved(Moves.load(draft, "ada", NOW));
        Campaign loaded = moved(Moves.loaded(loading, Fixtures.snapshot(500, 250), NOW));

        assertThat(refused(Moves.approve(
                        loaded, "grace", new Seen(loaded.revision(), List.of("ios/en", "android/en")), NOW)))
                .isEqualTo("phones show nothing of a silent campaign: 'seen' must be empty");
        assertThat(moved(Moves.approve(loaded, "grace", new Seen(loaded.revision(), List.of()), NOW))
                        .state()
                        .name())
                .isEqualTo(StateName.LOADED);
    }

    @Test
    void approve_twiceByOne_countsOnce() {
        Campaign never = Fixtures.campaign(StateName.LOADED);
        Campaign once = moved(Moves.approve(never, "joan", Seen.allOf(never), NOW));
        Campaign twice = moved(Moves.approve(once, "joan", Seen.allOf(once), NOW.plusSeconds(1)));

        var loaded = (CampaignState.Loaded) twice.state();
        assertThat(loaded.approvals()).extracting(Approval::by).containsExactly(Fixtures.APPROVER, "joan");
        assertThat(loaded.approvals().getLast().at()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void arm_aPlatformNotProofed_isRefusedByName() {
        Campaign loaded = Fixtures.campaign(StateName.LOADED);

        assertThat(refused(
                        Moves.arm(loaded, ArmTerms.anybody(Fixtures.window()), EnumSet.of(Platform.IOS), "mary", NOW)))
                .isEqualTo("this content was not proofed on a test device of android");
    }

    @Test
    void arm_aPlatformWithoutDevices_needsNoProof() {
        Campaign loading = Fixtures.campaign(StateName.LOADING);
        Campaign loaded = moved(Moves.loaded(loading, Fixtures.snapshot(500, 0), NOW));
        Campaign approved = moved(Moves.approve(loaded, "grace", Seen.allOf(loaded), NOW));

        Campaign armed =
                moved(Moves.arm(approved, ArmTerms.anybody(Fixtures.window()), EnumSet.of(Platform.IOS), "mary", NOW));

        assertThat(armed.state().name()).isEqualTo(StateName.ARMED);
    }

    @Test
    void arm_withoutApproval_isRefused() {
        Campaign loaded = moved(Moves.loaded(Fixtures.campaign(StateName.LOADING), Fixtures.snapshot(500, 250), NOW));

        assertThat(refused(Moves.arm(loaded, ArmTerms.anybody(Fixtures.window()), BOTH, "mary", NOW)))
                .isEqualTo("a second person must approve it");
    }

    @Test
    void arm_windowOver_isRefused() {
        Instant late = Fixtures.window().notAfter();

        assertThat(refused(Moves.arm(
                        Fixtures.campaign(StateName.LOADED), ArmTerms.anybody(Fixtures.window()), BOTH, "mary", late)))
                .isEqualTo("not-after " + late + " has passed");
    }

    @Test
    void go_outsideTheWindow_isRefusedAndAtItsEdgesAsDocumented() {
        Campaign armed = Fixtures.campaign(StateName.ARMED);
        Window window = Fixtures.window();

        assertThat(refused(Moves.go(armed, 50, "mary", window.notBefore().minusMillis(1))))
                .startsWith("now ")
                .contains("is not within");
        assertThat(refused(Moves.go(armed, 50, "mary", window.notAfter()))).contains("is not within");
        assertThat(moved(Moves.go(armed, 50, "mary", window.notBefore()))
                        .state()
                        .name())
                .isEqualTo(StateName.LAUNCHED);
        assertThat(moved(Moves.go(armed, 50, "mary", window.notAfter().minusMillis(1)))
                        .state()
                        .name())
                .isEqualTo(StateName.LAUNCHED);
    }

    @Test
    void go_namedPressers_anyOfThemMayAndNobodyElse() {
        var terms = new ArmTerms(Fixtures.window(), new Pressers(List.of("mary", "tom")));
        Campaign armed = moved(Moves.arm(Fixtures.campaign(StateName.LOADED), terms, BOTH, "alice", NOW));

        assertThat(refused(Moves.go(armed, 50, "alice", NOW))).isEqualTo("only mary or tom may press it");
        assertThat(moved(Moves.go(armed, 50, "tom", NOW)).state().name()).isEqualTo(StateName.LAUNCHED);
    }

    @Test
    void pressers_tooManyTwiceOrMalformed_areRefusedByField() {
        List<String> many = IntStream.rangeClosed(0, Pressers.NAMES_MAX)
                .mapToObj(i -> "p" + i)
                .toList();

        assertThatThrownBy(() -> new Pressers(many))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("pressers");
        assertThatThrownBy(() -> new Pressers(List.of("mary", "mary"))).hasMessageContaining("different names");
        assertThatThrownBy(() -> new Pressers(List.of("mary", "t m"))).hasMessageContaining("pressers[1]");
    }

    @Test
    void go_armed_bearsTheDeterministicLaunchWithAPendingDispatch() {
        Campaign armed = Fixtures.campaign(StateName.ARMED);

        var launched =
                (CampaignState.Launched) moved(Moves.go(armed, 56, "mary", NOW)).state();

        assertThat(launched.launch())
                .isEqualTo(new Launch(armed.launchId(), armed.id(), armed.revision(), "mary", NOW, 56, 280));
        assertThat(launched.dispatch()).isEqualTo(new Dispatch.Pending(0, NOW));
    }

    @Test
    void dispatched_thenAgain_countsOrdinals() {
        Campaign sent = moved(Moves.dispatched(Fixtures.campaign(StateName.LAUNCHED), NOW));
        assertThat(dispatch(sent)).isEqualTo(new Dispatch.Sent(0, NOW));
        assertThat(refused(Moves.dispatched(sent, NOW))).isEqualTo("it must be LAUNCHED with a pending dispatch");

        Campaign again = moved(Moves.redispatch(sent, NOW.plus(Duration.ofMinutes(1))));

        assertThat(dispatch(again)).isEqualTo(new Dispatch.Pending(1, NOW.plus(Duration.ofMinutes(1))));
    }

    private static Dispatch dispatch(Campaign campaign) {
        return ((CampaignState.Launched) campaign.state()).dispatch();
    }

    private static Row row(String name, StateName to, Set<StateName> from, String rule, Function<Campaign, Move> move) {
        return new Row(name, to, from, _ -> rule, move);
    }

    private static Set<StateName> editable() {
        return EnumSet.of(StateName.DRAFT, StateName.LOADED, StateName.ARMED, StateName.FAILED);
    }

    private static String editRule(StateName state) {
        return state == StateName.LOADING ? LOADING : FINAL;
    }

    private static Campaign moved(Move move) {
        return switch (move) {
            case Moved(Campaign campaign) -> campaign;
            case Refused refused -> throw new AssertionError(refused.sentence());
        };
    }

    private static String refused(Move move) {
        return switch (move) {
            case Moved(Campaign campaign) -> throw new AssertionError("moved to " + campaign.state());
            case Refused refused -> refused.rule();
        };
    }
}
