package io.broadcaster.api.campaigns;

import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.PushKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for what once nearly went out to everybody: placeholders that were not rendered, ids of ours, missing texts. A
 * finding is a warning, never a refusal, because "50%s" can be meant. Data is for the app: it may hold ids, not placeholders.
 */
public final class Leaks {
    /** Findings of one text. */
    private static final int FINDINGS_MAX = 5;

    private static final Pattern PLACEHOLDER = Pattern.compile(
            "\\{\\{[^{}]{0,64}}}|\\$\\{[^{}]{0,64}}|<%[^%]{0,64}%>|\\{[A-Za-z_][\\w.]{0,63}}|\\[\\[[^\\[\\]]{1,64}]]"
                    + "|%\\(\\w{1,64}\\)[sd]|%(?:\\d{1,2}\\$)?[sd@](?!\\w)|\\[object Object]|\\b(?:undefined|null|NaN)\\b");

    private static final Pattern INTERNAL_ID =
            Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b"
                    + "|\\b(?=[0-9a-fA-F]{0,63}\\d)[0-9a-fA-F]{16,128}\\b"
                    + "|\\b(?i:user|usr|uid|id|account|acct|customer|cust|device|token|session)[-_:#=]\\d[\\w-]{0,63}"
                    + "|\\b\\d{9,32}\\b");

    private Leaks() {}

    /** Every finding, in the order of the contents. */
    public static List<Leak> in(CampaignSpec spec) {
        var found = new ArrayList<Leak>();
        for (int i = 0; i < spec.contents().size(); i++) {
            Content content = spec.contents().get(i);
            String path = "contents[" + i + "].";
            for (var text : List.of(new Text("title", content.title()), new Text("body", content.body()))) {
                if (spec.kind() == PushKind.ALERT && text.value().isBlank()) {
                    found.add(new Leak(path + text.name(), Leak.Kind.EMPTY, ""));
                }
                look(PLACEHOLDER, text.value(), found, new Leak(path + text.name(), Leak.Kind.PLACEHOLDER, ""));
                look(INTERNAL_ID, text.value(), found, new Leak(path + text.name(), Leak.Kind.INTERNAL_ID, ""));
            }
            content.data()
                    .forEach((key, value) ->
                            look(PLACEHOLDER, value, found, new Leak(path + "data." + key, Leak.Kind.PLACEHOLDER, "")));
        }
        return List.copyOf(found);
    }

    private record Text(String name, String value) {}

    private static void look(Pattern pattern, String text, List<Leak> into, Leak like) {
        Matcher matcher = pattern.matcher(text);
        Stream.generate(matcher::find)
                .takeWhile(Boolean::booleanValue)
                .limit(FINDINGS_MAX)
                .forEach(_ -> into.add(new Leak(like.field(), like.kind(), matcher.group())));
    }
}
