package io.broadcaster.loadtest.check;

import io.broadcaster.audience.Device;
import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.audience.SyntheticAudience;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.util.stream.Stream;

/** An audience as keys of its devices, with what a provider that behaves must make of each. */
@FunctionalInterface
public interface AudienceKeys {
    /** Feeds every device to {@code each}, in any order, in constant memory. */
    void forEach(Each each);

    /** Takes devices. */
    @FunctionalInterface
    interface Each {
        /** One device, by the halves of its {@link TokenKey}. */
        void device(Platform platform, long keyHigh, long keyLow, OutcomeCode expected);
    }

    /** The keys of these devices; the stream is read once and closed. */
    static AudienceKeys of(Stream<Device> devices) {
        return each -> {
            try (devices) {
                devices.forEach(device -> {
                    TokenKey key = TokenKey.of(device.platform(), device.token());
                    each.device(device.platform(), key.high(), key.low(), SyntheticAudience.expected(device));
                });
            }
        };
    }
}
