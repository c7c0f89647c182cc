package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.sender.provider.http2.Liveness.Verdict;
import org.junit.jupiter.api.Test;

final class LivenessTest {
    private static final int START = 1_000;
    private final Liveness liveness = new Liveness(START);

    @Test
    void judge_silenceWhileRequestsWait_isDeadWithinFiveSeconds() {
        int doubtfulAt = START + Liveness.QUIET_MILLIS;

        assertThat(liveness.judge(doubtfulAt - 1, true)).isEqualTo(Verdict.ALIVE);
        assertThat(liveness.judge(doubtfulAt, true)).isEqualTo(Verdict.DOUBTFUL);
        assertThat(liveness.judge(doubtfulAt + 1, true)).isEqualTo(Verdict.ALIVE);
        assertThat(liveness.judge(doubtfulAt + Liveness.PING_MILLIS, true)).isEqualTo(Verdict.ALIVE);
        assertThat(liveness.judge(doubtfulAt + Liveness.PING_MILLIS + 1, true)).isEqualTo(Verdict.DEAD);
        assertThat(Liveness.QUIET_MILLIS + Liveness.PING_MILLIS).isLessThan(5_000);
    }

    @Test
    void judge_bytesAfterThePing_isAliveAgain() {
        assertThat(liveness.judge(START + Liveness.QUIET_MILLIS, true)).isEqualTo(Verdict.DOUBTFUL);
        liveness.heard(START + 2_000);

        assertThat(liveness.judge(START + 2_999, true)).isEqualTo(Verdict.ALIVE);
        assertThat(liveness.judge(START + 3_000, true)).isEqualTo(Verdict.DOUBTFUL);
    }

    @Test
    void judge_idleConnection_isPingedAfterAMinute() {
        assertThat(liveness.judge(START + Liveness.IDLE_MILLIS - 1, false)).isEqualTo(Verdict.ALIVE);
        assertThat(liveness.judge(START + Liveness.IDLE_MILLIS, false)).isEqualTo(Verdict.DOUBTFUL);
    }

    @Test
    void judge_millisWrap_differencesHold() {
        var late = new Liveness(Integer.MAX_VALUE - 10);

        assertThat(late.judge(Integer.MIN_VALUE + 988, true)).isEqualTo(Verdict.ALIVE);
        assertThat(late.judge(Integer.MIN_VALUE + 989, true)).isEqualTo(Verdict.DOUBTFUL);
    }
}
