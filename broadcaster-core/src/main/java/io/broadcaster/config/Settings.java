package io.broadcaster.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Raw settings, {@code section.key-in-kebab-case = value}. Later sources win: files, then the environment
 * ({@code BROADCASTER_SENDER_POLLERS} is {@code sender.pollers}), then the command line's {@code --set}.
 * Safe for any thread. Fails with {@link ConfigException} on a section that does not exist.
 */
public final class Settings {
    private static final String ENV_PREFIX = "BROADCASTER_";

    /** Read by the launcher script, never by a section. */
    private static final List<String> LAUNCHER_VARIABLES = List.of("BROADCASTER_JAVA_HOME", "BROADCASTER_JAVA_OPTS");

    private final Map<String, String> values;
    private final Map<String, String> documented = new ConcurrentSkipListMap<>();

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** Settings from one map of full keys. */
    public static Settings of(Map<String, String> values) {
        var checked = new TreeMap<>(values);
        requireKnownSections(checked);
        return new Settings(checked);
    }

    /** Merges property files, environment variables and overrides, in rising order of precedence. */
    public static Settings load(List<Path> files, Map<String, String> environment, Map<String, String> overrides) {
        var merged = new TreeMap<String, String>();
        for (Path file : files) {
            readFile(file, merged);
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(ENV_PREFIX) && !LAUNCHER_VARIABLES.contains(name)) {
                merged.put(keyOfVariable(name), value);
            }
        });
        merged.putAll(overrides);
        return of(merged);
    }

    /** These settings with further values laid over them. */
    public Settings with(Map<String, String> overrides) {
        var merged = new TreeMap<>(values);
        merged.putAll(overrides);
        return of(merged);
    }

    /** Every value under its full key, to hand to another process; secrets are among them, never print it. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Starts the reading of one section; end it with {@link Section#done}. */
    public Section section(SectionName name) {
        String prefix = name.prefix() + ".";
        var own = new TreeMap<String, String>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            }
        });
        return new Section(name, own, (key, byDefault) -> documented.put(prefix + key, byDefault));
    }

    /**
     * Every key that was asked for so far, with its default as text ({@code ""} when absent by default): what the runbook's
     * table of settings is held against.
     */
    public Map<String, String> documented() {
        return Map.copyOf(documented);
    }

    private static void readFile(Path file, Map<String, String> into) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new ConfigException(List.of("settings file " + file + " cannot be read: " + e.getMessage()));
        }
        properties.stringPropertyNames().forEach(key -> into.put(key, properties.getProperty(key)));
    }

    private static String keyOfVariable(String variable) {
        String rest = variable.substring(ENV_PREFIX.length()).toLowerCase(Locale.ROOT);
        int dot = rest.indexOf('_');
        return dot < 0
                ? rest
                : rest.substring(0, dot) + "." + rest.substring(dot + 1).replace('_', '-');
    }

    private static void requireKnownSections(Map<String, String> values) {
        var known = Arrays.stream(SectionName.values()).map(SectionName::prefix).toList();
        var problems = new ArrayList<String>();
        for (String key : values.keySet()) {
            int dot = key.indexOf('.');
            if (dot < 0 || !known.contains(key.substring(0, dot))) {
                problems.add("unknown key '" + key + "': a key is section.name, with the section one of "
                        + known.stream().collect(Collectors.joining(", ")));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
