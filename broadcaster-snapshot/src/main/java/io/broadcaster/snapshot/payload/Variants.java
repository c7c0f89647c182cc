package io.broadcaster.snapshot.payload;

import io.broadcaster.audience.Manifest.Variant;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The payloads of a campaign, one per content and platform, and which of them a device gets: that of exactly its locale,
 * else that of its language, else that of the campaign's default locale. Immutable; safe for any thread.
 */
public final class Variants {
    private final List<Variant> all;
    private final LocaleTag defaultLocale;
    private final Map<Platform, Map<LocaleTag, Integer>> byLocale;

    private Variants(List<Variant> all, LocaleTag defaultLocale) {
        this.all = List.copyOf(all);
        this.defaultLocale = defaultLocale;
        this.byLocale = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
            var indexes = new HashMap<LocaleTag, Integer>();
            all.stream()
                    .filter(variant -> variant.platform() == platform)
                    .forEach(variant -> indexes.put(variant.locale(), variant.index()));
            byLocale.put(platform, indexes);
        }
    }

    /** Renders every content for each of its platforms; {@link InvalidInput} names the first that breaks a rule. */
    public static Variants render(CampaignSpec spec, LaunchId launch) {
        var renderer = new PayloadRenderer(spec, launch);
        var all = new ArrayList<Variant>();
        for (Platform platform : Platform.values()) {
            int index = 0;
            for (int i = 0; i < spec.contents().size(); i++) {
                Content content = spec.contents().get(i);
                if (content.platforms().contains(platform)) {
                    all.add(new Variant(platform, index++, content.locale(), content, renderer.render(i, platform)));
                }
            }
        }
        return new Variants(all, spec.defaultLocale());
    }

    /** Every variant, those of iOS first, by index. */
    public List<Variant> all() {
        return all;
    }

    /** The index of the variant for a device of this platform and locale. */
    public int choose(Platform platform, LocaleTag locale) {
        Map<LocaleTag, Integer> indexes = byLocale.getOrDefault(platform, Map.of());
        Integer index = indexes.get(locale);
        if (index == null) {
            index = indexes.get(locale.language());
        }
        if (index == null) {
            index = indexes.get(defaultLocale);
        }
        if (index == null) {
            throw new IllegalStateException("a spec has its default locale for every platform");
        }
        return index;
    }
}
