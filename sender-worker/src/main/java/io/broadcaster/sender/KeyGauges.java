package io.broadcaster.sender;

import io.broadcaster.delivery.ProviderKey.Phase;
import io.broadcaster.sender.provider.rotation.SecretWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The meters of the keys shown to providers: names are here and nowhere else. */
final class KeyGauges {
    private KeyGauges() {}

    static void bind(MeterRegistry registry, List<? extends SecretWatch<?>> watches) {
        for (SecretWatch<?> watch : watches) {
            String platform = watch.platform().wireName();
            Gauge.builder("broadcaster.sender.key.stale", () -> watch.status().phase() == Phase.IN_USE ? 0 : 1)
                    .description("1 while the newest key of the provider cannot be taken into use")
                    .tag("platform", platform)
                    .register(registry);
            FunctionCounter.builder("broadcaster.sender.key.rotations", watch, SecretWatch::rotations)
                    .description("keys of the provider taken into use since the start")
                    .tag("platform", platform)
                    .register(registry);
        }
    }
}
