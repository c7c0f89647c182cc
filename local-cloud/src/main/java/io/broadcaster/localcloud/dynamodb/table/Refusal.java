package io.broadcaster.localcloud.dynamodb.table;

import java.util.List;

/**
 * A request that cannot be served, on its way from where that was seen to the one place that answers. It is no bug, so it
 * carries no stack.
 */
public final class Refusal extends RuntimeException {
    private final transient Why why;

    /** Why, with what its answer tells. */
    public sealed interface Why {
        /** The request is wrong, or more than this server knows. */
        record Invalid() implements Why {}

        /** There is no such table. */
        record TableUnknown() implements Why {}

        /** There is one of that name. */
        record TableExists() implements Why {}

        /** {@code standing} is empty when nothing stands there. */
        record ConditionFailed(List<Item> standing) implements Why {}

        /** A reason per write. */
        record TransactionCancelled(List<Reason> reasons) implements Why {}
    }

    /** One write's part in the end of its transaction. */
    public record Reason(boolean conditionFailed, List<Item> standing) {}

    Refusal(Why why, String message) {
        super(message, null, false, false);
        this.why = why;
    }

    /** DynamoDB's ValidationException. */
    public static Refusal invalid(String message) {
        return new Refusal(new Why.Invalid(), message);
    }

    public Why why() {
        return why;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
