package io.broadcaster.loadtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.check.JournalChecker.Launched;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JournalCheckerTest {
    private static final String LAUNCH = "00112233445566778899aabbccddeeff";
    private static final SyntheticAudience AUDIENCE = new SyntheticAudience(3_000, 2_000, 3);
    private static final List<Device> DEVICES = AUDIENCE.devices().toList();

    private final Journal journal = new Journal(InstantSource.system(), System::nanoTime);

    @Test
    void check_everyDeviceOnce_agrees() {
        deliverAll(DEVICES);

        var report = check(Launched.only(LAUNCH));

        assertThat(report.verdict()).isEqualTo(new Verdict.Agrees(5_000));
        assertThat(report.deliveredOnce() + report.refusedAsExpected()).isEqualTo(5_000);
        assertThat(report.refusedAsExpected()).isPositive();
    }

    @Test
    void check_oneDeviceNotDelivered_lost() {
        Device lost = live();
        deliverAll(DEVICES.stream().filter(device -> !device.equals(lost)).toList());

        var report = check(Launched.only(LAUNCH));

        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.verdict()).isEqualTo(new Verdict.Differs(List.of("1 devices lost")));
        assertThat(report.samples())
                .singleElement()
                .asString()
                .contains(key(lost).hex());
    }

    @Test
    void check_deadDeviceNeverTried_lost() {
        Device dead = DEVICES.stream()
                .filter(device -> SyntheticAudience.expected(device) == OutcomeCode.UNREGISTERED)
                .findFirst()
                .orElseThrow();
        deliverAll(DEVICES.stream().filter(device -> !device.equals(dead)).toList());

        assertThat(check(Launched.only(LAUNCH)).lost()).isEqualTo(1);
    }

    @Test
    void check_oneDeviceThrice_duplicatedUnderTheSameCollapseId() {
        deliverAll(DEVICES);
        accept(live(), LAUNCH);
        accept(live(), LAUNCH);

        var report = check(Launched.only(LAUNCH));

        assertThat(report.duplicated()).isEqualTo(1);
        assertThat(report.extraDeliveries()).isEqualTo(2);
        assertThat(report.extraUnderSameCollapseId()).isEqualTo(2);
        assertThat(report.verdict().agrees()).isFalse();
    }

    @Test
    void check_deliveryUnderAnotherCollapseId_wrongUnlessAnnounced() {
        deliverAll(DEVICES);
        accept(live(), "proof");

        var report = check(Launched.only(LAUNCH));
        assertThat(report.wrongCollapseId()).isEqualTo(1);
        assertThat(report.duplicated()).isEqualTo(1);
        assertThat(report.extraUnderSameCollapseId()).isZero();

        assertThat(check(new Launched(LAUNCH, Set.of("proof"), Set.of()))
                        .verdict()
                        .agrees())
                .isTrue();
    }

    @Test
    void check_deliveryToAStranger_unexpectedUnlessATestDevice() {
        deliverAll(DEVICES);
        var stranger = new DeviceToken("0f".repeat(32));
        TokenKey key = TokenKey.of(Platform.IOS, stranger);
        journal.accepted(Platform.IOS, key, LAUNCH, 1, 1);

        assertThat(check(Launched.only(LAUNCH)).strangers()).isEqualTo(1);
        assertThat(check(new Launched(LAUNCH, Set.of(), Set.of(key))).verdict().agrees())
                .isTrue();
    }

    private JournalChecker.Report check(Launched launched) {
        return JournalChecker.check(journal, AUDIENCE.devices(), launched);
    }

    private void deliverAll(List<Device> devices) {
        for (Device device : devices) {
            switch (SyntheticAudience.expected(device)) {
                case ACCEPTED -> accept(device, LAUNCH);
                case UNREGISTERED ->
                    journal.refused(
                            device.platform(),
                            key(device),
                            device.platform() == Platform.IOS ? "Unregistered" : "UNREGISTERED");
                default ->
                    journal.refused(
                            device.platform(),
                            key(device),
                            device.platform() == Platform.IOS ? "BadDeviceToken" : "INVALID_ARGUMENT");
            }
        }
    }

    private void accept(Device device, String collapseId) {
        journal.accepted(device.platform(), key(device), collapseId, 0, 0);
    }

    private static Device live() {
        return DEVICES.stream()
                .filter(device -> SyntheticAudience.expected(device) == OutcomeCode.ACCEPTED)
                .findFirst()
                .orElseThrow();
    }

    private static TokenKey key(Device device) {
        return TokenKey.of(device.platform(), device.token());
    }
}
