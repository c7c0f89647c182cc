package io.broadcaster.campaign;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Who may press: the named persons, of whom any will do, or with no name everybody whose role allows it. Names are those of sign-in. */
public record Pressers(List<String> names) {
    /** A control room has fewer people. */
    public static final int NAMES_MAX = 16;

    /** Everybody whose role allows it. */
    public static final Pressers ANYBODY = new Pressers(List.of());

    /** What {@link #isName} asks for. */
    public static final String NAME_RULE = "1 to 64 of letters, digits and . _ @ | : + -";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@|:+-]{1,64}");

    public Pressers {
        names = List.copyOf(names);
        if (names.size() > NAMES_MAX) {
            throw new InvalidInput("pressers", "must be at most " + NAMES_MAX + " names", names.size());
        }
        for (int i = 0; i < names.size(); i++) {
            if (!isName(names.get(i))) {
                throw new InvalidInput("pressers[" + i + "]", "must be " + NAME_RULE, names.get(i));
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new InvalidInput("pressers", "must be different names", names);
        }
    }

    /** Whether this can be the name of somebody who has signed in. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether this person may press, as far as names go. */
    public boolean allow(String name) {
        return names.isEmpty() || names.contains(name);
    }

    /** The names for a sentence, such as {@code mary or tom}. */
    public String sentence() {
        return String.join(" or ", names);
    }
}
