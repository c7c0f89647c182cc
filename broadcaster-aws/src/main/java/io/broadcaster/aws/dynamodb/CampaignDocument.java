package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.AudienceSource;
import io.broadcaster.campaign.Authors;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.DeliveryPolicy;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The stored form of a campaign: JSON, version 1. Readers ignore fields that they do not know, so that a newer writer may
 * add some. The golden files of the tests are the form's contract.
 */
final class CampaignDocument {
    private CampaignDocument() {}

    static String write(Campaign campaign) {
        ObjectNode document = Documents.document()
                .put("id", campaign.id().value())
                .put("revision", campaign.revision())
                .put("version", campaign.version())
                .put("author", campaign.authors().first())
                .put("createdAt", campaign.createdAt().toString())
                .put("updatedAt", campaign.updatedAt().toString());
        List<String> authors = campaign.authors().names();
        if (authors.size() > 1) {
            ArrayNode all = document.putArray("authors");
            authors.forEach(all::add);
        }
        document.set("spec", spec(campaign.spec()));
        document.set("audience", audience(campaign.audience()));
        document.set("state", StateDocument.write(campaign.state()));
        return document.toString();
    }

    static Campaign read(String text) {
        DocumentReader document = Documents.read("campaign", text);
        return new Campaign(
                new CampaignId(document.text("id")),
                document.integer("revision"),
                document.number("version"),
                spec(document.object("spec")),
                audience(document.object("audience")),
                StateDocument.read(document.object("state")),
                document.has("authors") ? new Authors(document.texts("authors")) : Authors.of(document.text("author")),
                document.instant("createdAt"),
                document.instant("updatedAt"));
    }

    private static ObjectNode spec(CampaignSpec spec) {
        ObjectNode node = Documents.object()
                .put("name", spec.name())
                .put("kind", spec.kind().name())
                .put("policy", spec.policy().name())
                .put("expiry", spec.expiry().toString())
                .put("defaultLocale", spec.defaultLocale().value());
        ArrayNode contents = node.putArray("contents");
        spec.contents().forEach(content -> contents.add(content(content)));
        return node;
    }

    private static CampaignSpec spec(DocumentReader node) {
        return new CampaignSpec(
                node.text("name"),
                node.constant("kind", PushKind.class),
                node.constant("policy", DeliveryPolicy.class),
                Duration.parse(node.text("expiry")),
                new LocaleTag(node.text("defaultLocale")),
                node.objects("contents").stream().map(CampaignDocument::content).toList());
    }

    private static ObjectNode content(Content content) {
        ObjectNode node = Documents.object()
                .put("locale", content.locale().value())
                .put("title", content.title())
                .put("body", content.body());
        ArrayNode platforms = node.putArray("platforms");
        content.platforms().forEach(platform -> platforms.add(platform.wireName()));
        ObjectNode data = node.putObject("data");
        content.data().forEach(data::put);
        return node;
    }

    private static Content content(DocumentReader node) {
        var platforms = node.texts("platforms").stream()
                .map(Platform::ofWireName)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Platform.class)));
        return new Content(
                new LocaleTag(node.text("locale")),
                platforms,
                node.text("title"),
                node.text("body"),
                node.textMap("data"));
    }

    private static ObjectNode audience(AudienceSource audience) {
        return switch (audience) {
            case AudienceSource.None _ -> Documents.object().put("source", "NONE");
            case AudienceSource.Stored stored ->
                Documents.object()
                        .put("source", "STORED")
                        .put("key", stored.key())
                        .put("format", stored.format().name())
                        .put("compression", stored.compression().name())
                        .put("bytes", stored.bytes())
                        .put("sha256", stored.sha256());
        };
    }

    private static AudienceSource audience(DocumentReader node) {
        return switch (node.text("source")) {
            case "NONE" -> new AudienceSource.None();
            case "STORED" ->
                new AudienceSource.Stored(
                        node.text("key"),
                        node.constant("format", AudienceSource.Format.class),
                        node.constant("compression", AudienceSource.Compression.class),
                        node.number("bytes"),
                        node.text("sha256"));
            default -> throw node.unknown("source");
        };
    }
}
