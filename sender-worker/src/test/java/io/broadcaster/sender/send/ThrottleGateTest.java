package io.broadcaster.sender.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.testkit.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ThrottleGateTest {
    private static final SendOutcome THROTTLED = new SendOutcome.Throttled(Duration.ofSeconds(60));

    private final TestClock clock = TestClock.atFixtures();
    private final ThrottleGate gate = new ThrottleGate(clock);

    @Test
    void admit_whileOpen_isAll() {
        assertThat(gate.admit(250)).isEqualTo(250);
        assertThat(gate.closed()).isFalse();
    }

    @Test
    void admit_untilThePauseHasPassed_isNone() {
        gate.answered(THROTTLED, 1);

        assertThat(gate.admit(250)).isZero();
        clock.advance(Duration.ofSeconds(59));
        assertThat(gate.admit(250)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(gate.admit(250)).isEqualTo(1);
        assertThat(gate.admit(250)).isZero();
    }

    @Test
    void answered_accepted_doublesTheWindowUntilOpen() {
        gate.answered(THROTTLED, 1);
        clock.advance(Duration.ofSeconds(60));
        int sent = 0;
        while (gate.closed()) {
            int admitted = gate.admit(5_000);
            assertThat(admitted).isPositive();
            for (int i = 0; i < admitted; i++) {
                gate.answered(SendOutcome.ACCEPTED, 1);
            }
            sent += admitted;
        }

        assertThat(sent).isLessThan(50);
        assertThat(gate.admit(5_000)).isEqualTo(5_000);
    }

    @Test
    void admit_throttledForTenMinutes_costsOneProbeAMinute() {
        int requests = 800;
        for (int i = 0; i < requests; i++) {
            gate.answered(THROTTLED, 1);
        }
        for (int second = 0; second < 600; second++) {
            clock.advance(Duration.ofSeconds(1));
            int admitted = gate.admit(10_000);
            requests += admitted;
            for (int i = 0; i < admitted; i++) {
                gate.answered(THROTTLED, 1);
            }
        }

        assertThat(requests).isEqualTo(810);
    }
}
