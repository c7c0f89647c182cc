package io.broadcaster.api.campaigns;

import io.broadcaster.campaign.Campaign;

/** Which version of a campaign the caller means to change. */
public sealed interface Expected {
    /** Whichever stands. */
    static Expected any() {
        return new Any();
    }

    /** Whether {@code campaign} is the one meant. */
    default boolean matches(Campaign campaign) {
        return switch (this) {
            case Any _ -> true;
            case Version(long version) -> campaign.version() == version;
        };
    }

    /** No condition. */
    record Any() implements Expected {}

    /** Exactly this version ({@code If-Match}). */
    record Version(long version) implements Expected {}
}
