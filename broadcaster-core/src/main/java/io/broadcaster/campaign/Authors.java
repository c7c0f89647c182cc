package io.broadcaster.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * Everybody who made or changed any part of a campaign, its content or its audience, in the order of their first hand in it;
 * the first created it. None of them is its second person, whatever others have changed since.
 */
public record Authors(List<String> names) {
    /** More people than this do not write one campaign. */
    public static final int MAX = 100;

    public Authors {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("somebody has created it");
        }
    }

    /** Whoever creates it. */
    public static Authors of(String name) {
        return new Authors(List.of(name));
    }

    /** These and somebody who may be one of them already. */
    public Authors and(String name) {
        if (has(name)) {
            return this;
        }
        var more = new ArrayList<>(names);
        more.add(name);
        return new Authors(more);
    }

    /** Whether this person is one of them. */
    public boolean has(String name) {
        return names.contains(name);
    }

    /** Who created it. */
    public String first() {
        return names.getFirst();
    }

    /** The names for a sentence, such as {@code ada, eve}. */
    public String sentence() {
        return String.join(", ", names);
    }
}
