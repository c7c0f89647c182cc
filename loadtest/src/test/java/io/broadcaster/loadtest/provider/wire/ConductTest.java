package io.broadcaster.loadtest.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ConductTest {
    @Test
    void scriptedStatus_normal_byTheRules() {
        assertThat(new Conduct(Duration.ZERO, 1).scriptedStatus()).isEqualTo(Conduct.BY_THE_RULES);
    }

    @Test
    void scriptedStatus_aThird_aboutThatManyAndTheSameForTheSameSeed() {
        int[] first = statuses(5);

        assertThat(IntStream.of(first).filter(status -> status == 503).count()).isCloseTo(3_333, Offset.offset(200L));
        assertThat(first).isEqualTo(statuses(5)).isNotEqualTo(statuses(6));
    }

    @Test
    void scriptedStatus_refusingOrSilent_itsConstantForItsShare() {
        var conduct = new Conduct(Duration.ZERO, 1);
        conduct.behaviour(new Behaviour.Refusing(1, 1));
        assertThat(conduct.scriptedStatus()).isEqualTo(Conduct.REFUSED);
        conduct.behaviour(new Behaviour.Silent(1, false, 1));
        assertThat(conduct.scriptedStatus()).isEqualTo(Conduct.SILENT);
        conduct.behaviour(new Behaviour.Silent(1, true, 1));
        assertThat(conduct.scriptedStatus()).isEqualTo(Conduct.SILENT_AFTER_DELIVERY);
        conduct.behaviour(new Behaviour.GoingAway(7));
        assertThat(conduct.scriptedStatus()).isEqualTo(Conduct.BY_THE_RULES);
        assertThat(conduct.requestsMax()).isEqualTo(7);
    }

    @Test
    void streamsMax_oneStreamFirst_oneUntilATokenWasSeen() {
        var conduct = new Conduct(Duration.ZERO, 1_000);
        assertThat(conduct.streamsMax(false)).isEqualTo(1_000);
        conduct.oneStreamFirst(true);
        assertThat(conduct.streamsMax(false)).isEqualTo(1);
        assertThat(conduct.streamsMax(true)).isEqualTo(1_000);
    }

    @Test
    void answering_shareOrStatusOutOfRange_refused() {
        assertThatThrownBy(() -> new Behaviour.Answering(503, 1.1, 1)).hasMessageContaining("share");
        assertThatThrownBy(() -> new Behaviour.Answering(404, 0.5, 1)).hasMessageContaining("status");
        assertThatThrownBy(() -> new Conduct(Duration.ofMillis(-1), 1)).hasMessageContaining("answer time");
    }

    private static int[] statuses(long seed) {
        var conduct = new Conduct(Duration.ZERO, 1);
        conduct.behaviour(new Behaviour.Answering(503, 1 / 3.0, seed));
        return IntStream.range(0, 10_000).map(i -> conduct.scriptedStatus()).toArray();
    }
}
