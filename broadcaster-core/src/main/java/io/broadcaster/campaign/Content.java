package io.broadcaster.campaign;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What devices of one locale see, for the named platforms. Title and body are empty for silent pushes; {@code data} is
 * handed to the app. Sizes in bytes are judged on the rendered payload, not here.
 */
public record Content(LocaleTag locale, Set<Platform> platforms, String title, String body, Map<String, String> data) {
    private static final int TITLE_MAX = 1_024;
    private static final int BODY_MAX = 4_096;

    public Content {
        if (platforms.isEmpty()) {
            throw new InvalidInput("contents.platforms", "must name ios, android or both", platforms);
        }
        if (title.length() > TITLE_MAX) {
            throw new InvalidInput("contents.title", "must have at most " + TITLE_MAX + " characters", title);
        }
        if (body.length() > BODY_MAX) {
            throw new InvalidInput("contents.body", "must have at most " + BODY_MAX + " characters", body);
        }
        platforms = Collections.unmodifiableSet(new TreeSet<>(EnumSet.copyOf(platforms)));
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }
}
