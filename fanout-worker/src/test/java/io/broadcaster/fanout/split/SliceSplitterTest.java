package io.broadcaster.fanout.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.Platform;
import io.broadcaster.task.BatchTask;
import io.broadcaster.task.LaunchFacts;
import io.broadcaster.task.SliceTask;
import io.broadcaster.testkit.Fixtures;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SliceSplitterTest {
    @Test
    void split_firstDelivery_everyBatchOnceInOrder() {
        var batches = SliceSplitter.split(Fixtures.slice(Platform.ANDROID, 3, 20), 1);

        assertThat(batches)
                .extracting(BatchTask::batch)
                .containsExactlyElementsOf(IntStream.range(60, 80).boxed().toList());
        assertThat(batches).allMatch(batch -> !batch.mayRepeat());
        assertThat(batches).allMatch(batch -> batch.platform() == Platform.ANDROID);
        assertThat(batches).allMatch(batch -> batch.launch().equals(Fixtures.launchFacts()));
    }

    @Test
    void split_secondDelivery_mayRepeatUnderTheSameIds() {
        var slice = Fixtures.slice(Platform.IOS, 0, 7);

        assertThat(SliceSplitter.split(slice, 2)).allMatch(BatchTask::mayRepeat);
        assertThat(SliceSplitter.split(slice, 2))
                .extracting(BatchTask::messageId)
                .isEqualTo(SliceSplitter.split(slice, 1).stream()
                        .map(BatchTask::messageId)
                        .toList());
    }

    @Test
    void split_secondDispatch_mayRepeat() {
        LaunchFacts first = Fixtures.launchFacts();
        var again = new LaunchFacts(
                first.id(),
                first.campaign(),
                first.revision(),
                1,
                DeliveryPolicy.AT_LEAST_ONCE,
                first.pressedAt(),
                first.notAfter());

        assertThat(SliceSplitter.split(new SliceTask(again, Platform.IOS, 0, 0, 3), 1))
                .allMatch(BatchTask::mayRepeat);
    }
}
