package io.broadcaster.config;

import java.util.Locale;

/** Constants as settings, JSON, reports and the command line write them: {@code AT_LEAST_ONCE} is {@code at-least-once}. */
public final class WireName {
    private WireName() {}

    /** The constant's name. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
