package io.broadcaster.loadtest.check;

import java.util.function.Consumer;

/** A source of what Broadcaster says, device by device; a list's {@code forEach} is one. */
@FunctionalInterface
public interface DeviceOutcomes {
    /** Feeds every device once to {@code each}, in any order, in constant memory. */
    void forEach(Consumer<DeviceOutcome> each);
}
