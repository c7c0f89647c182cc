package io.broadcaster.campaign;

import java.time.Instant;

/** When a launch may be pressed and sent: {@code notBefore} inclusive, {@code notAfter} exclusive. Nothing is sent outside it. */
public record Window(Instant notBefore, Instant notAfter) {
    public Window {
        if (!notAfter.isAfter(notBefore)) {
            throw new InvalidInput("window.notAfter", "must be later than notBefore " + notBefore, notAfter);
        }
    }

    /** Whether {@code now} lies in the window. */
    public boolean contains(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(notAfter);
    }
}
