package io.broadcaster.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What the author decides, in and out of JSON. Errors name the content by its index. */
final class SpecJson {
    private SpecJson() {}

    static CampaignSpec read(JsonFields fields) {
        var name = name(fields.text("name"));
        var kind = kind(fields.text("kind", "alert"));
        var policy = policy(fields.text("policy", "at-least-once"));
        var expiry = fields.duration("expiry");
        LocaleTag defaultLocale = at("defaultLocale", () -> new LocaleTag(fields.text("defaultLocale")));
        List<Content> contents =
                fields.objects("contents").stream().map(SpecJson::readContent).toList();
        return new CampaignSpec(name, kind, policy, expiry, defaultLocale, contents);
    }

    static void write(CampaignSpec spec, ObjectNode into) {
        into.put("name", spec.name());
        into.put("kind", spec.kind().wireName());
        into.put("policy", spec.policy() == DeliveryPolicy.AT_LEAST_ONCE ? "at-least-once" : "at-most-once");
        into.put("expiry", spec.expiry().toString());
        into.put("defaultLocale", spec.defaultLocale().value());
        var contents = into.putArray("contents");
        for (Content content : spec.contents()) {
            ObjectNode entry = contents.addObject();
            entry.put("locale", content.locale().value());
            var platforms = entry.putArray("platforms");
            content.platforms().forEach(platform -> platforms.add(platform.wireName()));
            entry.put("title", content.title());
            entry.put("body", content.body());
            ObjectNode data = entry.putObject("data");
            content.data().forEach(data::put);
        }
    }

    /** Lists show it, on pages and in terminals, and stores keep it as UTF-8. */
    private static String name(String text) {
        if (text.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidInput("name", "must be Unicode text without control characters", text);
        }
        return text;
    }

    private static Content readContent(JsonFields fields) {
        LocaleTag locale = at(fields.path("locale"), () -> new LocaleTag(fields.text("locale")));
        Set<Platform> platforms = platforms(fields);
        String title = fields.text("title", "");
        String body = fields.text("body", "");
        var data = fields.textMap("data");
        fields.done();
        try {
            return new Content(locale, platforms, title, body, data);
        } catch (InvalidInput e) {
            throw e.at(fields.path(e.field().substring(e.field().indexOf('.') + 1)));
        }
    }

    /** Both when none is named. */
    private static Set<Platform> platforms(JsonFields fields) {
        if (!fields.has("platforms")) {
            return EnumSet.allOf(Platform.class);
        }
        var platforms = EnumSet.noneOf(Platform.class);
        var texts = new ArrayList<>(fields.texts("platforms"));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            platforms.add(at(fields.path("platforms") + "[" + i + "]", () -> Platform.ofWireName(text)));
        }
        return platforms;
    }

    private static PushKind kind(String text) {
        return switch (text) {
            case "alert" -> PushKind.ALERT;
            case "silent" -> PushKind.SILENT;
            default -> throw new InvalidInput("kind", "must be alert or silent", text);
        };
    }

    private static DeliveryPolicy policy(String text) {
        return switch (text) {
            case "at-least-once" -> DeliveryPolicy.AT_LEAST_ONCE;
            case "at-most-once" -> DeliveryPolicy.AT_MOST_ONCE;
            default -> throw new InvalidInput("policy", "must be at-least-once or at-most-once", text);
        };
    }

    private static <T> T at(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidInput e) {
            throw e.at(path);
        }
    }
}
