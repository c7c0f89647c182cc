package io.broadcaster.aws.provision;

/** One resource after a provisioning; {@code detail} says what was changed and is empty otherwise. */
public record Provisioned(Kind kind, String name, Status status, String detail) {
    /** What sort of resource it is. */
    public enum Kind {
        QUEUE,
        TABLE,
        BUCKET
    }

    /** What provisioning had to do. */
    public enum Status {
        /** It did not exist. */
        MADE,
        /** It existed with other attributes, which were set right. */
        CHANGED,
        /** It stood already just as it should. */
        ALREADY_THERE
    }

    /** It did not exist and was made. */
    public static Provisioned made(Kind kind, String name) {
        return new Provisioned(kind, name, Status.MADE, "");
    }

    /** It existed and {@code detail} was set right. */
    public static Provisioned changed(Kind kind, String name, String detail) {
        return new Provisioned(kind, name, Status.CHANGED, detail);
    }

    /** It stood already. */
    public static Provisioned alreadyThere(Kind kind, String name) {
        return new Provisioned(kind, name, Status.ALREADY_THERE, "");
    }
}
