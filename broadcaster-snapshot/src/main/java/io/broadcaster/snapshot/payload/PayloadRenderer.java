package io.broadcaster.snapshot.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.broadcaster.campaign.CampaignSpec;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.InvalidInput;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Renders one content of a campaign as the JSON that its provider takes, without any token, always the same bytes. Both
 * providers allow 4,096 bytes; what breaks a rule is an {@link InvalidInput} under {@code contents[i]}. Immutable.
 */
public final class PayloadRenderer {
    /** Largest payload of APNs and of FCM, in bytes of UTF-8, uncompressed. */
    public static final int PAYLOAD_BYTES_MAX = 4_096;

    private static final Set<String> FCM_RESERVED = Set.of("from", "message_type", "notification");
    private static final JsonFactory JSON = new JsonFactory();

    private final CampaignSpec spec;
    private final LaunchId launch;

    public PayloadRenderer(CampaignSpec spec, LaunchId launch) {
        this.spec = spec;
        this.launch = launch;
    }

    /** What the content at this index of the spec looks like to a platform's provider. */
    public String render(int content, Platform platform) {
        return switch (platform) {
            case IOS -> apns(content);
            case ANDROID -> fcm(content);
        };
    }

    /** How many bytes of UTF-8 that is, more than are allowed included. */
    public int bytes(int content, Platform platform) {
        return switch (platform) {
            case IOS -> written(field(content), platform, apnsBody(content)).size();
            case ANDROID -> written(field(content), platform, fcmBody(content)).size();
        };
    }

    /**
     * The body of an APNs request: {@code aps}, and the data keys beside it. An alert has title, body and the default sound;
     * a silent push has {@code content-available} alone.
     */
    public String apns(int index) {
        return checked(field(index), Platform.IOS, apnsBody(index));
    }

    private Body apnsBody(int index) {
        Content content = spec.contents().get(index);
        String field = field(index);
        requireUnicode(content, field);
        requireFreeKeys(content, field, Platform.IOS);
        return json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("aps");
            switch (spec.kind()) {
                case ALERT -> {
                    json.writeObjectFieldStart("alert");
                    writeText(json, content);
                    json.writeEndObject();
                    json.writeStringField("sound", "default");
                }
                case SILENT -> json.writeNumberField("content-available", 1);
            }
            json.writeEndObject();
            writeData(json, content);
            json.writeEndObject();
        };
    }

    /**
     * The {@code message} object of FCM HTTP v1, to which the sender adds {@code token}: a notification with data, or data
     * only when silent. The launch is the {@code collapse_key}, which replaces what is undelivered, and the notification's
     * {@code tag}, which replaces what is shown.
     */
    public String fcm(int index) {
        return checked(field(index), Platform.ANDROID, fcmBody(index));
    }

    private Body fcmBody(int index) {
        Content content = spec.contents().get(index);
        String field = field(index);
        requireUnicode(content, field);
        requireFreeKeys(content, field, Platform.ANDROID);
        boolean alert = spec.kind() == PushKind.ALERT;
        return json -> {
            json.writeStartObject();
            if (alert) {
                json.writeObjectFieldStart("notification");
                writeText(json, content);
                json.writeEndObject();
            }
            if (!content.data().isEmpty()) {
                json.writeObjectFieldStart("data");
                writeData(json, content);
                json.writeEndObject();
            }
            json.writeObjectFieldStart("android");
            json.writeStringField("collapse_key", launch.value());
            json.writeStringField("priority", alert ? "high" : "normal");
            json.writeStringField("ttl", spec.expiry().toSeconds() + "s");
            if (alert) {
                json.writeObjectFieldStart("notification");
                json.writeStringField("tag", launch.value());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        };
    }

    private static String field(int index) {
        return "contents[" + index + "]";
    }

    private static void writeText(JsonGenerator json, Content content) throws IOException {
        if (!content.title().isEmpty()) {
            json.writeStringField("title", content.title());
        }
        if (!content.body().isEmpty()) {
            json.writeStringField("body", content.body());
        }
    }

    private static void writeData(JsonGenerator json, Content content) throws IOException {
        for (Map.Entry<String, String> entry : content.data().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
    }

    /** Half a surrogate pair has no UTF-8. */
    private static void requireUnicode(Content content, String field) {
        Stream.concat(
                        Stream.of(content.title(), content.body()),
                        content.data().entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue())))
                .filter(text -> !StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .findFirst()
                .ifPresent(text -> {
                    throw new InvalidInput(field, "must be Unicode text", text);
                });
    }

    private static void requireFreeKeys(Content content, String field, Platform platform) {
        for (String key : content.data().keySet()) {
            boolean reserved = switch (platform) {
                case IOS -> key.equals("aps");
                case ANDROID -> FCM_RESERVED.contains(key) || key.startsWith("google.") || key.startsWith("gcm.");
            };
            if (reserved || key.isEmpty()) {
                throw new InvalidInput(
                        field + ".data", "must not have an empty key or one reserved by " + provider(platform), key);
            }
        }
    }

    private static ByteArrayOutputStream written(String field, Platform platform, Body body) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            body.write(json);
        } catch (IOException e) {
            throw new InvalidInput(
                    field, "must be Unicode text for " + provider(platform), String.valueOf(e.getMessage()));
        }
        return out;
    }

    private static String checked(String field, Platform platform, Body body) {
        var out = written(field, platform, body);
        if (out.size() > PAYLOAD_BYTES_MAX) {
            throw new InvalidInput(
                    field,
                    "must have a payload for " + platform.wireName() + " of at most " + PAYLOAD_BYTES_MAX
                            + " bytes of UTF-8",
                    out.size() + " bytes");
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String provider(Platform platform) {
        return switch (platform) {
            case IOS -> "APNs";
            case ANDROID -> "FCM";
        };
    }

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
