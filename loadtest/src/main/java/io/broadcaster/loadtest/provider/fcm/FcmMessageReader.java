package io.broadcaster.loadtest.provider.fcm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * Reads the body of {@code messages:send} in one pass and refuses what FCM refuses: unknown names, wrong types, reserved
 * data keys, a ttl out of form or range (firebase.google.com/docs/reference/fcm/rest/v1/projects.messages). The blocks for
 * other platforms are skipped. Confined to one connection.
 */
final class FcmMessageReader {
    /** Four weeks. */
    static final long TTL_SECONDS_MAX = 2_419_200;

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> NOTIFICATION = Set.of("title", "body", "image");
    private static final Set<String> ANDROID_NOTIFICATION_TEXTS = Set.of(
            "title",
            "body",
            "icon",
            "color",
            "sound",
            "tag",
            "click_action",
            "body_loc_key",
            "title_loc_key",
            "channel_id",
            "ticker",
            "event_time",
            "notification_priority",
            "visibility",
            "image",
            "proxy");
    private static final Set<String> ANDROID_NOTIFICATION_OTHERS = Set.of(
            "body_loc_args",
            "title_loc_args",
            "sticky",
            "local_only",
            "default_sound",
            "default_vibrate_timings",
            "default_light_settings",
            "vibrate_timings",
            "notification_count",
            "light_settings",
            "bypass_proxy_notification");

    private final FcmMessage message = new FcmMessage();

    /** The message, valid until the next call. */
    FcmMessage read(byte[] body, int from, int length) throws BadMessage {
        message.clear();
        try (JsonParser json = JSON.createParser(body, from, length)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "body must be a JSON object");
            boolean found = false;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "validate_only", "validateOnly" -> message.dryRun = flag(json, name);
                    case "message" -> {
                        require(!found, "message must be present once");
                        found = true;
                        message(json);
                    }
                    default -> throw unknown(name);
                }
            }
            require(json.nextToken() == null, "body must be one JSON object");
            require(found, "message must be present");
            return message;
        } catch (IOException e) {
            throw new BadMessage("body must be JSON");
        }
    }

    /** What the last call of {@link #read} made out, also where it refused the rest. */
    FcmMessage message() {
        return message;
    }

    private void message(JsonParser json) throws IOException, BadMessage {
        object(json, "message");
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "token" -> {
                    string(json, name);
                    message.targets++;
                    message.tokenQuote = (int) json.currentTokenLocation().getByteOffset();
                    require(
                            message.token(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()),
                            "message.token must be a registration token");
                }
                case "topic", "condition" -> {
                    string(json, name);
                    message.targets++;
                }
                case "name" -> string(json, name);
                case "data" -> data(json, "message.data");
                case "notification" -> notification(json);
                case "android" -> android(json);
                case "apns", "webpush", "fcm_options", "fcmOptions" -> skipObject(json, name);
                default -> throw unknown("message." + name);
            }
        }
    }

    private void notification(JsonParser json) throws IOException, BadMessage {
        object(json, "message.notification");
        message.shown = true;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (!NOTIFICATION.contains(name)) {
                throw unknown("message.notification." + name);
            }
            string(json, name);
            count(name, json);
        }
    }

    private void android(JsonParser json) throws IOException, BadMessage {
        object(json, "message.android");
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "collapse_key", "collapseKey" ->
                    message.collapseKey = string(json, name).getText();
                case "priority" -> priority(string(json, name).getText());
                case "ttl" -> ttl(string(json, name).getText());
                case "data" -> data(json, "message.android.data");
                case "notification" -> androidNotification(json);
                case "restricted_package_name", "restrictedPackageName" -> string(json, name);
                case "direct_boot_ok",
                        "directBootOk",
                        "bandwidth_constrained_ok",
                        "bandwidthConstrainedOk",
                        "restricted_satellite_ok",
                        "restrictedSatelliteOk" -> {
                    var _ = flag(json, name);
                }
                case "fcm_options", "fcmOptions" -> skipObject(json, name);
                default -> throw unknown("message.android." + name);
            }
        }
    }

    private void androidNotification(JsonParser json) throws IOException, BadMessage {
        object(json, "message.android.notification");
        message.shown = true;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            String field = name.indexOf('_') < 0 ? snakeCase(name) : name;
            if (ANDROID_NOTIFICATION_TEXTS.contains(field)) {
                string(json, name);
                count(name, json);
                if (field.equals("tag")) {
                    message.tag = json.getText();
                }
            } else if (ANDROID_NOTIFICATION_OTHERS.contains(field)) {
                json.skipChildren();
            } else {
                throw unknown("message.android.notification." + name);
            }
        }
    }

    private void data(JsonParser json, String path) throws IOException, BadMessage {
        object(json, path);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            string(json, path + " value");
            require(!isReserved(name), path + " must not hold a reserved key");
            count(name, json);
        }
    }

    /** Reserved (firebase.google.com: "from", "message_type", or any word starting with "google." or "gcm."). */
    private static boolean isReserved(String key) {
        return key.equals("from") || key.equals("message_type") || key.startsWith("google.") || key.startsWith("gcm.");
    }

    private static void priority(String text) throws BadMessage {
        require(
                text.equalsIgnoreCase("normal") || text.equalsIgnoreCase("high"),
                "message.android.priority must be NORMAL or HIGH");
    }

    /** Seconds with up to nine decimals, ended by s. */
    private static void ttl(String text) throws BadMessage {
        String rule = "message.android.ttl must be seconds from 0 to " + TTL_SECONDS_MAX + " ended by s";
        require(text.length() > 1 && text.endsWith("s"), rule);
        long seconds = 0;
        int decimals = -1;
        for (int i = 0; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                require(decimals < 0 && i > 0, rule);
                decimals = 0;
                continue;
            }
            require(c >= '0' && c <= '9', rule);
            if (decimals >= 0) {
                decimals++;
            } else {
                seconds = seconds * 10 + (c - '0');
                require(seconds <= TTL_SECONDS_MAX, rule);
            }
        }
        require(decimals != 0 && decimals <= 9, rule);
    }

    private void count(String key, JsonParser value) throws IOException {
        message.payloadBytes +=
                utf8Bytes(key) + utf8Bytes(value.getTextCharacters(), value.getTextOffset(), value.getTextLength());
    }

    private static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += utf8Bytes(text.charAt(i));
        }
        return bytes;
    }

    private static int utf8Bytes(char[] text, int offset, int length) {
        int bytes = 0;
        for (int i = offset; i < offset + length; i++) {
            bytes += utf8Bytes(text[i]);
        }
        return bytes;
    }

    /** Each half of a surrogate pair counts for two of its four bytes. */
    private static int utf8Bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    private static String snakeCase(String camelCase) {
        var text = new StringBuilder(camelCase.length() + 4);
        for (int i = 0; i < camelCase.length(); i++) {
            char c = camelCase.charAt(i);
            if (Character.isUpperCase(c)) {
                text.append('_').append(Character.toLowerCase(c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static JsonParser string(JsonParser json, String name) throws BadMessage {
        require(json.currentToken() == JsonToken.VALUE_STRING, name + " must be a string");
        return json;
    }

    private static boolean flag(JsonParser json, String name) throws BadMessage {
        require(json.currentToken().isBoolean(), name + " must be true or false");
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static void object(JsonParser json, String name) throws BadMessage {
        require(json.currentToken() == JsonToken.START_OBJECT, name + " must be an object");
    }

    private static void skipObject(JsonParser json, String name) throws IOException, BadMessage {
        object(json, name);
        json.skipChildren();
    }

    private static BadMessage unknown(String path) {
        boolean quotable =
                path.length() <= 80 && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
        return new BadMessage(quotable ? "Unknown name: " + path : "Unknown name");
    }

    private static void require(boolean holds, String rule) throws BadMessage {
        if (!holds) {
            throw new BadMessage(rule);
        }
    }
}
