package io.broadcaster.telemetry;

import io.micrometer.cloudwatch2.CloudWatchConfig;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;

/** The registry that publishes to CloudWatch with the default credentials and region: only on AWS, when switched on. */
final class CloudWatch {
    private CloudWatch() {}

    static MeterRegistry registry(TelemetryConfig config) {
        return new CloudWatchMeterRegistry(
                new Publishing(config),
                Clock.SYSTEM,
                CloudWatchAsyncClient.builder().build());
    }

    private record Publishing(TelemetryConfig config) implements CloudWatchConfig {
        @Override
        public @Nullable String get(String key) {
            return null; // everything is set below or by default
        }

        @Override
        public String namespace() {
            return config.cloudwatchNamespace();
        }

        @Override
        public Duration step() {
            return config.cloudwatchStep();
        }
    }
}
