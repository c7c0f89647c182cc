package io.broadcaster.loadtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.check.LedgerComparison.Result;
import io.broadcaster.loadtest.check.LedgerComparison.Tally;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.testkit.Fixtures;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LedgerComparisonTest {
    private static final String LAUNCH = "launch";

    private final Journal journal = new Journal(InstantSource.system(), System::nanoTime);
    private final List<DeviceOutcome> outcomes = new ArrayList<>();

    @BeforeEach
    void tenDelivered() {
        for (int n = 0; n < 10; n++) {
            delivered(token(n));
            outcomes.add(new DeviceOutcome(Platform.IOS, token(n), OutcomeCode.ACCEPTED));
        }
    }

    @Test
    void compare_everyOutcomeConfirmed_agreesToTheUnit() {
        refused(token(10), "Unregistered");
        say(10, OutcomeCode.UNREGISTERED);
        refused(token(11), "BadDeviceToken");
        say(11, OutcomeCode.BAD_TOKEN);
        say(12, OutcomeCode.EXPIRED);
        say(13, OutcomeCode.SUPPRESSED);
        delivered(token(14));
        say(14, OutcomeCode.UNKNOWN);
        say(15, OutcomeCode.UNKNOWN);

        Result result = compare();

        assertThat(result.verdict()).isEqualTo(new Verdict.Agrees(16));
        assertThat(result.tallies())
                .isEqualTo(Map.of(
                        OutcomeCode.ACCEPTED, new Tally(10, 10),
                        OutcomeCode.UNREGISTERED, new Tally(1, 1),
                        OutcomeCode.BAD_TOKEN, new Tally(1, 1),
                        OutcomeCode.EXPIRED, new Tally(1, 1),
                        OutcomeCode.SUPPRESSED, new Tally(1, 1),
                        OutcomeCode.UNKNOWN, new Tally(2, 2)));
        assertThat(result.unknownDelivered()).isEqualTo(1);
    }

    @Test
    void compare_twoDevicesSwapped_foundThoughTheSumsAgree() {
        delivered(token(20));
        say(20, OutcomeCode.UNREGISTERED);
        refused(token(21), "Unregistered");
        say(21, OutcomeCode.ACCEPTED);

        Result result = compare();

        assertThat(result.tallies().get(OutcomeCode.ACCEPTED)).isEqualTo(new Tally(11, 10));
        assertThat(result.tallies().get(OutcomeCode.UNREGISTERED)).isEqualTo(new Tally(1, 0));
        assertThat(result.verdict().agrees()).isFalse();
        assertThat(result.samples()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeCode.class,
            names = {"ACCEPTED", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void compare_deliveredButTheLedgerSaysNot_differs(OutcomeCode code) {
        delivered(token(20));
        say(20, code);

        assertThat(compare().verdict().agrees()).isFalse();
    }

    @Test
    void compare_deliveryMissingFromTheLedger_differs() {
        delivered(token(20));

        Result result = compare();

        assertThat(result.untoldDevices()).isEqualTo(1);
        assertThat(result.verdict().agrees()).isFalse();
    }

    @Test
    void compare_deviceTwiceInTheLedger_differs() {
        say(3, OutcomeCode.ACCEPTED);

        Result result = compare();

        assertThat(result.repeatedDevices()).isEqualTo(1);
        assertThat(result.verdict().agrees()).isFalse();
    }

    @Test
    void compare_deliveryOfAnotherLaunch_doesNotCount() {
        journal.accepted(Platform.IOS, TokenKey.of(Platform.IOS, token(30)), "proof", 1, 1);
        say(30, OutcomeCode.SUPPRESSED);

        assertThat(compare().verdict().agrees()).isTrue();
    }

    private Result compare() {
        return LedgerComparison.compare(outcomes::forEach, journal, LAUNCH);
    }

    private void say(int n, OutcomeCode code) {
        outcomes.add(new DeviceOutcome(Platform.IOS, token(n), code));
    }

    private void delivered(DeviceToken token) {
        journal.accepted(Platform.IOS, TokenKey.of(Platform.IOS, token), LAUNCH, 1, 1);
    }

    private void refused(DeviceToken token, String reason) {
        journal.refused(Platform.IOS, TokenKey.of(Platform.IOS, token), reason);
    }

    private static DeviceToken token(int n) {
        return Fixtures.token(Platform.IOS, n);
    }
}
