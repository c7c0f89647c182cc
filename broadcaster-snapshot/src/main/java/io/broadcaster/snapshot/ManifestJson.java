package io.broadcaster.snapshot;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.broadcaster.audience.Manifest;
import io.broadcaster.audience.Manifest.Column;
import io.broadcaster.audience.Manifest.FileRef;
import io.broadcaster.audience.Manifest.Part;
import io.broadcaster.audience.Manifest.Variant;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LoadCounts;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The manifest's wire form: JSON of a fixed order, so that one manifest has one SHA-256. A reader refuses other versions
 * and ignores keys that it does not know.
 */
public final class ManifestJson {
    private static final String FORMAT = "broadcaster-snapshot/1";
    private static final JsonMapper JSON = new JsonMapper();

    private ManifestJson() {}

    /** SHA-256 (hex) over exactly these bytes. */
    public static String sha256(byte[] manifest) {
        return Sha256.hex(manifest);
    }

    /** The manifest as UTF-8 JSON, always the same bytes for the same manifest. */
    public static byte[] write(Manifest manifest) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.getFactory().createGenerator(out)) {
            var lines = new DefaultIndenter("  ", "\n");
            var printer = new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
            json.setPrettyPrinter(printer);
            writeHead(json, manifest);
            json.writeArrayFieldStart("variants");
            for (Variant variant : manifest.variants()) {
                write(json, variant);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("columns");
            for (Column column : manifest.columns()) {
                write(json, column);
            }
            json.writeEndArray();
            write(json, manifest.counts());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a manifest could not be written to memory", e);
        }
        return out.toByteArray();
    }

    /** Reads a manifest; {@link SnapshotCorruptException} under the name {@code key} when it is not one. */
    public static Manifest read(String key, byte[] manifest) {
        try {
            JsonNode json = JSON.readTree(manifest);
            String format = text(json, "format");
            if (!format.equals(FORMAT)) {
                throw new SnapshotCorruptException(key, "format", "must be " + FORMAT + ", but was " + format);
            }
            return new Manifest(
                    new CampaignId(text(json, "campaign")),
                    json.required("revision").intValue(),
                    new LaunchId(text(json, "launch")),
                    text(json, "contentHash"),
                    PushKind.valueOf(text(json, "kind")),
                    Duration.parse(text(json, "expiry")),
                    Instant.parse(text(json, "createdAt")),
                    list(json, "variants", ManifestJson::variant),
                    list(json, "columns", ManifestJson::column),
                    counts(json.required("counts")));
        } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
            throw new SnapshotCorruptException(key, "whole", "must be a manifest: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("a manifest could not be read from memory", e);
        }
    }

    private static void writeHead(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeStringField("campaign", manifest.campaign().value());
        json.writeNumberField("revision", manifest.revision());
        json.writeStringField("launch", manifest.launch().value());
        json.writeStringField("contentHash", manifest.contentHash());
        json.writeStringField("kind", manifest.kind().name());
        json.writeStringField("expiry", manifest.expiry().toString());
        json.writeStringField("createdAt", manifest.createdAt().toString());
    }

    private static void write(JsonGenerator json, Variant variant) throws IOException {
        json.writeStartObject();
        json.writeStringField("platform", variant.platform().wireName());
        json.writeNumberField("index", variant.index());
        json.writeStringField("locale", variant.locale().value());
        Content content = variant.content();
        json.writeObjectFieldStart("content");
        json.writeStringField("locale", content.locale().value());
        json.writeArrayFieldStart("platforms");
        for (Platform platform : content.platforms()) {
            json.writeString(platform.wireName());
        }
        json.writeEndArray();
        json.writeStringField("title", content.title());
        json.writeStringField("body", content.body());
        json.writeObjectFieldStart("data");
        for (Map.Entry<String, String> entry : content.data().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringField("payload", variant.payload());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Column column) throws IOException {
        json.writeStartObject();
        json.writeStringField("platform", column.platform().wireName());
        json.writeNumberField("devices", column.devices());
        json.writeNumberField("batches", column.batches());
        json.writeNumberField("batchSize", column.batchSize());
        write(json, "tokens", column.tokens());
        write(json, "details", column.details());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, FileRef file) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("key", file.key());
        json.writeNumberField("bytes", file.bytes());
        json.writeArrayFieldStart("parts");
        for (Part part : file.parts()) {
            json.writeStartObject();
            json.writeNumberField("offset", part.offset());
            json.writeNumberField("length", part.length());
            json.writeStringField("sha256", part.sha256());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LoadCounts counts) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("rows", counts.rows());
        json.writeNumberField("users", counts.users());
        json.writeNumberField("malformedRows", counts.malformedRows());
        json.writeNumberField("usersWithoutDevice", counts.usersWithoutDevice());
        json.writeNumberField("devicesFound", counts.devicesFound());
        json.writeNumberField("duplicateDevices", counts.duplicateDevices());
        json.writeEndObject();
    }

    private static Variant variant(JsonNode json) {
        JsonNode content = json.required("content");
        var platforms = EnumSet.noneOf(Platform.class);
        content.required("platforms").forEach(each -> platforms.add(Platform.ofWireName(each.asText())));
        var data = new TreeMap<String, String>();
        content.required("data")
                .properties()
                .forEach(e -> data.put(e.getKey(), e.getValue().asText()));
        return new Variant(
                Platform.ofWireName(text(json, "platform")),
                json.required("index").intValue(),
                new LocaleTag(text(json, "locale")),
                new Content(
                        new LocaleTag(text(content, "locale")),
                        platforms,
                        text(content, "title"),
                        text(content, "body"),
                        data),
                text(json, "payload"));
    }

    private static Column column(JsonNode json) {
        return new Column(
                Platform.ofWireName(text(json, "platform")),
                json.required("devices").longValue(),
                json.required("batches").intValue(),
                json.required("batchSize").intValue(),
                file(json.required("tokens")),
                file(json.required("details")));
    }

    private static FileRef file(JsonNode json) {
        return new FileRef(
                text(json, "key"),
                json.required("bytes").longValue(),
                list(
                        json,
                        "parts",
                        part -> new Part(
                                part.required("offset").longValue(),
                                part.required("length").intValue(),
                                text(part, "sha256"))));
    }

    private static LoadCounts counts(JsonNode json) {
        return new LoadCounts(
                json.required("rows").longValue(),
                json.required("users").longValue(),
                json.required("malformedRows").longValue(),
                json.required("usersWithoutDevice").longValue(),
                json.required("devicesFound").longValue(),
                json.required("duplicateDevices").longValue());
    }

    private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> each) {
        var items = new ArrayList<T>();
        json.required(field).forEach(item -> items.add(each.apply(item)));
        return items;
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.required(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " must be a text");
        }
        return value.textValue();
    }
}
