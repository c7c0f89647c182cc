package io.broadcaster.config;

import java.util.List;

/** The settings are unusable. The message lists every problem found: the key, the rule and the value it had. */
public final class ConfigException extends RuntimeException {
    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super("Bad configuration:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence per problem, at least one. */
    public List<String> problems() {
        return problems;
    }
}
