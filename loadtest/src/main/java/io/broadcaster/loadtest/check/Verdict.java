package io.broadcaster.loadtest.check;

import java.util.List;

/** What a check comes to. */
public sealed interface Verdict {
    /** Everything is as it must be, to the unit. */
    record Agrees(long devices) implements Verdict {}

    /** At least one device is not; each finding is a sentence with its number, no token in it. */
    record Differs(List<String> findings) implements Verdict {
        public Differs {
            findings = List.copyOf(findings);
        }
    }

    /** Whether nothing was found. */
    default boolean agrees() {
        return switch (this) {
            case Agrees agrees -> true;
            case Differs differs -> false;
        };
    }

    /** Agreement when there are no findings. */
    static Verdict of(long devices, List<String> findings) {
        return findings.isEmpty() ? new Agrees(devices) : new Differs(findings);
    }
}
