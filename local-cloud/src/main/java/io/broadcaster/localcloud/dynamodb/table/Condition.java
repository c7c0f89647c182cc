package io.broadcaster.localcloud.dynamodb.table;

import java.util.List;
import java.util.Optional;

/**
 * What must hold of the item that stands for a write to be done: all of the terms. A refusal tells what stands when the
 * writer asked for it.
 */
public record Condition(List<Term> terms, boolean tellsWhatStands) {
    public static final Condition NONE = new Condition(List.of(), false);

    public Condition {
        terms = List.copyOf(terms);
    }

    /** One thing that must hold. */
    public sealed interface Term {
        /** The item has the attribute. */
        record Exists(String attribute) implements Term {}

        /** The item is not there, or lacks the attribute. */
        record NotExists(String attribute) implements Term {}

        /** The attribute has this value. */
        record Equal(String attribute, Value value) implements Term {}
    }

    boolean holds(Optional<Item> standing) {
        for (Term term : terms) {
            if (!holds(term, standing)) {
                return false;
            }
        }
        return true;
    }

    /** What a refusal tells. */
    List<Item> told(Optional<Item> standing) {
        return tellsWhatStands ? standing.stream().toList() : List.of();
    }

    private static boolean holds(Term term, Optional<Item> standing) {
        return switch (term) {
            case Term.Exists(var attribute) -> value(standing, attribute).isPresent();
            case Term.NotExists(var attribute) -> value(standing, attribute).isEmpty();
            case Term.Equal(var attribute, var value) ->
                value(standing, attribute).filter(value::same).isPresent();
        };
    }

    private static Optional<Value> value(Optional<Item> standing, String attribute) {
        return standing.flatMap(item -> ItemReader.attribute(item.json(), attribute));
    }
}
