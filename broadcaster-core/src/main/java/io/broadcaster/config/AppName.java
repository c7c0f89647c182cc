package io.broadcaster.config;

import java.util.regex.Pattern;

/**
 * The app that a deployment serves: the prefix of its queues, tables and bucket, and what a role is qualified with that holds
 * for this app only. Set as {@code cloud.prefix}.
 */
public record AppName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final char QUALIFIER = ':';

    /** Reads it from section {@code cloud}, whose problem a wrong one becomes. */
    public static AppName from(Section cloud) {
        String value = cloud.text("prefix", "broadcaster");
        if (!FORM.matcher(value).matches()) {
            cloud.problem("prefix", "must be 1 to 40 of a-z 0-9 - and not start with a dash", value);
        }
        return new AppName(value);
    }

    /** {@code news:marketer} is {@code marketer} in the app {@code news}; anything else stays as it is. */
    public String unqualified(String name) {
        String own = value + QUALIFIER;
        return name.startsWith(own) ? name.substring(own.length()) : name;
    }
}
