package io.broadcaster.campaign;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;

/**
 * What the author decides: editing any of it makes a new revision. {@code expiry} is how long a provider keeps the push
 * for a phone that is off (0 = one attempt; at most 28 days, FCM's ttl limit).
 */
public record CampaignSpec(
        String name,
        PushKind kind,
        DeliveryPolicy policy,
        Duration expiry,
        LocaleTag defaultLocale,
        List<Content> contents) {
    private static final int NAME_MAX = 200;
    private static final int CONTENTS_MAX = 200;
    private static final Duration EXPIRY_MAX = Duration.ofDays(28);

    public CampaignSpec {
        contents = List.copyOf(contents);
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new InvalidInput("name", "must have 1 to " + NAME_MAX + " characters", name);
        }
        if (expiry.isNegative() || expiry.compareTo(EXPIRY_MAX) > 0) {
            throw new InvalidInput("expiry", "must be from 0s to 28 days", expiry);
        }
        if (contents.size() > CONTENTS_MAX) {
            throw new InvalidInput("contents", "must have at most " + CONTENTS_MAX + " entries", contents.size());
        }
        requireEachPairOnce(contents);
        requireDefaultForEveryPlatform(contents, defaultLocale);
        if (kind == PushKind.ALERT) {
            requireText(contents);
        }
    }

    /** What phones show of it, variant by variant, such as {@code ios/en}; of a silent one they show nothing. */
    public List<String> shown() {
        return switch (kind) {
            case SILENT -> List.of();
            case ALERT ->
                contents.stream()
                        .flatMap(content -> content.platforms().stream()
                                .map(platform -> platform.wireName() + "/" + content.locale()))
                        .toList();
        };
    }

    private static void requireEachPairOnce(List<Content> contents) {
        var seen = new HashSet<String>();
        for (Content content : contents) {
            for (Platform platform : content.platforms()) {
                String pair = content.locale() + "/" + platform.wireName();
                if (!seen.add(pair)) {
                    throw new InvalidInput("contents", "must have each locale and platform once", pair);
                }
            }
        }
    }

    private static void requireDefaultForEveryPlatform(List<Content> contents, LocaleTag defaultLocale) {
        var missing = EnumSet.allOf(Platform.class);
        contents.stream().filter(c -> c.locale().equals(defaultLocale)).forEach(c -> missing.removeAll(c.platforms()));
        if (!missing.isEmpty()) {
            throw new InvalidInput(
                    "contents",
                    "must have the default locale " + defaultLocale + " for both platforms",
                    "without " + missing);
        }
    }

    private static void requireText(List<Content> contents) {
        for (Content content : contents) {
            if (content.title().isBlank() && content.body().isBlank()) {
                throw new InvalidInput("contents", "must have a title or a body in an alert", content.locale());
            }
        }
    }
}
