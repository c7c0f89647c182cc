package io.broadcaster.api.console;

import io.broadcaster.config.Section;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which app this installation sends for, and where the consoles of the others are. An app is an installation of its own:
 * queues, tables, keys, workers, roles; all that its console knows of another is a name and an address.
 */
public record Apps(String name, Map<String, URI> others) {
    /** More fit no menu. */
    private static final int OTHERS_MAX = 32;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,31}");
    private static final String NAME_RULE =
            "1 to 32 of letters, digits, blanks and . _ -, beginning with a letter or digit";

    public Apps {
        others = new LinkedHashMap<>(others);
    }

    /** Reads {@code api.app} and {@code api.apps}. */
    public static Apps from(Section section) {
        String name = section.text("app", "Broadcaster");
        if (!NAME.matcher(name).matches()) {
            section.problem("app", "must be " + NAME_RULE, name);
        }
        String text = section.text("apps", "");
        var others = new LinkedHashMap<String, URI>();
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Optional<Map.Entry<String, URI>> other = other(entry.strip());
            if (other.isEmpty() || others.put(other.get().getKey(), other.get().getValue()) != null) {
                section.problem(
                        "apps",
                        "must be Name=https://console.example, with commas between them and no name twice; a name is "
                                + NAME_RULE,
                        entry.strip());
            }
        }
        if (others.size() > OTHERS_MAX) {
            section.problem("apps", "must be at most " + OTHERS_MAX + " apps", Integer.toString(others.size()));
        }
        return new Apps(name, others);
    }

    private static Optional<Map.Entry<String, URI>> other(String entry) {
        int equals = entry.indexOf('=');
        if (equals < 0 || !NAME.matcher(entry.substring(0, equals)).matches()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(entry.substring(equals + 1));
            boolean web = uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
            return web ? Optional.of(Map.entry(entry.substring(0, equals), uri)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
