package io.broadcaster.aws;

import io.broadcaster.task.QueueName;
import io.broadcaster.task.TaskQueue;
import io.broadcaster.testkit.contract.TaskQueueContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The adapter keeps the contract over the local cloud. */
final class SqsTaskQueueIT extends TaskQueueContract {
    private final List<AwsCloud> clouds = new ArrayList<>();

    @Override
    protected TaskQueue newQueue() {
        var settings =
                SharedCloud.freshDeployment(Map.of("cloud.max-receive-count", Integer.toString(MAX_RECEIVE_COUNT)));
        AwsCloud cloud = AwsCloud.connect(CloudConfig.from(settings));
        clouds.add(cloud);
        cloud.provisioner().provisionQueues();
        return cloud.queue(QueueName.SLICES);
    }

    @AfterEach
    void close() {
        clouds.forEach(AwsCloud::close);
    }
}
