package io.broadcaster.loadtest.check;

import io.broadcaster.campaign.Platform;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.util.function.Consumer;

/** A source of what Broadcaster says, device by device; a list's {@code forEach} is one. */
@FunctionalInterface
public interface DeviceOutcomes {
    /** Feeds every device once to {@code each}, in any order, in constant memory. */
    void forEach(Consumer<DeviceOutcome> each);

    /** The same by the devices' keys; sources of millions of devices do it without an object for each. */
    default void forEachKey(Each each) {
        forEach(outcome -> {
            TokenKey key = TokenKey.of(outcome.platform(), outcome.token());
            each.device(outcome.platform(), key.high(), key.low(), outcome.code());
        });
    }

    /** Takes devices by the halves of their {@link TokenKey}. */
    @FunctionalInterface
    interface Each {
        /** What is said of one device. */
        void device(Platform platform, long keyHigh, long keyLow, OutcomeCode code);
    }
}
