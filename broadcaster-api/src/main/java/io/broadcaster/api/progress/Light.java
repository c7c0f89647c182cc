package io.broadcaster.api.progress;

/**
 * One go/no-go light of a campaign that was not launched yet. {@code why} is a sentence for a person, {@code who} can turn a
 * red light green; nobody needs to for a green one.
 */
public record Light(Name name, boolean green, String why, Who who) {
    static Light green(Name name, String why) {
        return new Light(name, true, why, Who.NOBODY);
    }

    static Light red(Name name, String why, Who who) {
        return new Light(name, false, why, who);
    }

    /** The closed set of lights, in the order in which they turn green. */
    public enum Name {
        SNAPSHOT,
        PROOF,
        APPROVAL,
        WINDOW,
        SENDERS,
        CLOCK,
        KEYS,
        QUOTA,
        QUEUES,
        DEAD_LETTERS
    }

    /** The person whose move it is: a role that has the right to it for every kind of campaign. */
    public enum Who {
        MARKETER,
        APPROVER,
        OPS,
        /** Time alone turns it green. */
        NOBODY
    }
}
