package io.broadcaster.campaign;

import java.util.Locale;

/** A push platform and the most devices that one batch of it holds (the reference system's 500 and 250). */
public enum Platform {
    IOS(500),
    ANDROID(250);

    private final int batchMax;

    Platform(int batchMax) {
        this.batchMax = batchMax;
    }

    /** Most devices in one batch. */
    public int batchMax() {
        return batchMax;
    }

    /** Lower-case name in keys, messages and JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The platform of a wire name; {@link InvalidInput} on any other text. */
    public static Platform ofWireName(String text) {
        return switch (text) {
            case "ios" -> IOS;
            case "android" -> ANDROID;
            default -> throw new InvalidInput("platform", "must be ios or android", text);
        };
    }
}
