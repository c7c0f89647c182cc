package io.broadcaster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.aws.provision.Provisioned;
import io.broadcaster.aws.provision.Provisioned.Kind;
import io.broadcaster.aws.provision.Provisioned.Status;
import io.broadcaster.config.Settings;
import io.broadcaster.task.QueueName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class ProvisionerIT {
    private static final int TABLES = 10;

    @Test
    void provision_twice_makesEverythingOnceAndThenFindsIt() {
        Settings settings = SharedCloud.freshDeployment(Map.of());

        List<Provisioned> first = provision(settings);
        List<Provisioned> second = provision(settings);

        assertThat(first).extracting(Provisioned::status).containsOnly(Status.MADE);
        assertThat(first).filteredOn(each -> each.kind() == Kind.TABLE).hasSize(TABLES);
        assertThat(first).filteredOn(each -> each.kind() == Kind.QUEUE).hasSize(2 * QueueName.values().length);
        assertThat(first).filteredOn(each -> each.kind() == Kind.BUCKET).hasSize(1);
        assertThat(second).extracting(Provisioned::status).containsOnly(Status.ALREADY_THERE);
        assertThat(second)
                .extracting(Provisioned::name)
                .isEqualTo(first.stream().map(Provisioned::name).toList());
    }

    @Test
    void provision_otherRules_setsJustTheQueuesRight() {
        Settings settings = SharedCloud.freshDeployment(Map.of());
        provision(settings);

        List<Provisioned> changed =
                provision(settings.with(Map.of("cloud.visibility", "45s", "cloud.max-receive-count", "7")));

        assertThat(changed)
                .filteredOn(each -> each.status() == Status.CHANGED)
                .hasSize(2 * QueueName.values().length)
                .allMatch(each -> each.detail().contains("VisibilityTimeout=30 -> 45"))
                .filteredOn(each -> !each.name().endsWith("-dlq.fifo"))
                .allMatch(each -> each.detail().contains("RedrivePolicy="));
        assertThat(provision(settings.with(Map.of("cloud.visibility", "45s", "cloud.max-receive-count", "7"))))
                .extracting(Provisioned::status)
                .containsOnly(Status.ALREADY_THERE);
    }

    @Test
    void provision_twoAtOnce_bothEndWell() throws Exception {
        Settings settings = SharedCloud.freshDeployment(Map.of());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = threads.submit(() -> provision(settings));
            var other = threads.submit(() -> provision(settings));

            assertThat(one.get()).hasSameSizeAs(other.get());
        }
        assertThat(provision(settings)).extracting(Provisioned::status).containsOnly(Status.ALREADY_THERE);
    }

    private static List<Provisioned> provision(Settings settings) {
        try (var cloud = AwsCloud.connect(CloudConfig.from(settings))) {
            return cloud.provisioner().provision();
        }
    }
}
