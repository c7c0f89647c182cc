package io.broadcaster.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * One section while it is being read: each getter names a key, its default and its bounds, and collects problems;
 * {@link #done} reports all of them at once, unknown keys included. Confined to the thread that reads it.
 */
public final class Section {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final SectionName name;
    private final Map<String, String> values;
    private final Set<String> known = new LinkedHashSet<>();
    private final BiConsumer<String, String> documenter;
    private final List<String> problems = new ArrayList<>();

    Section(SectionName name, Map<String, String> values, BiConsumer<String, String> documenter) {
        this.name = name;
        this.values = values;
        this.documenter = documenter;
    }

    /** A text, or its default. */
    public String text(String key, String byDefault) {
        return raw(key, byDefault).orElse(byDefault);
    }

    /** A text that may be absent. */
    public Optional<String> optionalText(String key) {
        return raw(key, "");
    }

    /** A secret that may be absent; its value never reaches a message. */
    public Optional<Secret> optionalSecret(String key) {
        return raw(key, "").map(Secret::of);
    }

    /** Where a secret is kept: {@code key-file} or {@code key-secret} (AWS Secrets Manager), one of them. */
    public SecretPlace secretPlace(String key) {
        Optional<String> file = raw(key + "-file", "");
        Optional<String> managed = raw(key + "-secret", "");
        if (file.isPresent() == managed.isPresent()) {
            String other = name.prefix() + "." + key + "-secret";
            problem(key + "-file", "must be set, or else " + other + ", and not both", file.orElse(""));
        }
        return managed.<SecretPlace>map(SecretPlace.Managed::new)
                .orElseGet(() -> new SecretPlace.InFile(Path.of(file.orElse(""))));
    }

    /** A whole number within {@code [min, max]}. */
    public int integer(String key, int byDefault, int min, int max) {
        return (int) whole(key, byDefault, min, max);
    }

    /** A whole number within {@code [min, max]}. */
    public long whole(String key, long byDefault, long min, long max) {
        Optional<String> raw = raw(key, Long.toString(byDefault));
        if (raw.isEmpty()) {
            return byDefault;
        }
        try {
            long value = Long.parseLong(raw.get().replace("_", ""));
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below with the rule, the same as a number out of bounds
        }
        problem(key, "must be a whole number from " + min + " to " + max, raw.get());
        return byDefault;
    }

    /** A duration such as {@code 250ms}, {@code 30s}, {@code 5m} or ISO-8601, within {@code [min, max]}. */
    public Duration duration(String key, Duration byDefault, Duration min, Duration max) {
        Optional<String> raw = raw(key, print(byDefault));
        if (raw.isEmpty()) {
            return byDefault;
        }
        Optional<Duration> value = parseDuration(raw.get());
        if (value.isPresent() && value.get().compareTo(min) >= 0 && value.get().compareTo(max) <= 0) {
            return value.get();
        }
        problem(
                key,
                "must be a duration from " + print(min) + " to " + print(max) + ", such as 250ms or 30s",
                raw.get());
        return byDefault;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean byDefault) {
        Optional<String> raw = raw(key, Boolean.toString(byDefault));
        if (raw.isEmpty()) {
            return byDefault;
        }
        if (raw.get().equals("true") || raw.get().equals("false")) {
            return Boolean.parseBoolean(raw.get());
        }
        problem(key, "must be true or false", raw.get());
        return byDefault;
    }

    /** An absolute URI that may be absent. */
    public Optional<URI> optionalUri(String key) {
        Optional<String> raw = raw(key, "");
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(raw.get());
            if (uri.isAbsolute()) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // reported below with the rule, the same as a relative URI
        }
        problem(key, "must be an absolute URI such as https://host:443", raw.get());
        return Optional.empty();
    }

    /** One of an enum's constants, written in lower case with dashes. */
    public <E extends Enum<E>> E choice(String key, E byDefault) {
        E[] constants = byDefault.getDeclaringClass().getEnumConstants();
        Optional<String> raw = raw(key, WireName.of(byDefault));
        if (raw.isEmpty()) {
            return byDefault;
        }
        for (E constant : constants) {
            if (WireName.of(constant).equals(raw.get())) {
                return constant;
            }
        }
        problem(
                key,
                "must be one of " + Arrays.stream(constants).map(WireName::of).toList(),
                raw.get());
        return byDefault;
    }

    /** Adds a problem that spans keys. */
    public void problem(String key, String rule, String value) {
        problems.add(name.prefix() + "." + key + " " + rule + ", but was '" + value + "'");
    }

    /** Ends the reading: throws {@link ConfigException} with every problem, unknown keys included. */
    public void done() {
        var unknown = new TreeMap<>(values);
        unknown.keySet().removeAll(known);
        for (String key : unknown.keySet()) {
            problems.add("unknown key '" + name.prefix() + "." + key + "': the section has " + known);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private Optional<String> raw(String key, String byDefault) {
        known.add(key);
        documenter.accept(key, byDefault);
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Optional<Duration> parseDuration(String text) {
        var matcher = SHORT_DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
