package io.broadcaster.loadtest.provider.apns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import java.io.IOException;
import java.util.Optional;

/**
 * The rules of APNs about payloads. Remembers the last {@value #REMEMBERED} payloads that held by their hash, because a
 * launch repeats a handful of them millions of times. Confined to one connection.
 */
final class ApnsPayload {
    /** Uncompressed (Apple). */
    static final int BYTES_MAX = 4_096;

    private static final int REMEMBERED = 16;
    private static final JsonFactory JSON = new JsonFactory();

    private final long[] remembered = new long[2 * REMEMBERED];

    /** The rule that the payload breaks; it may be longer than what {@code body} holds. */
    Optional<ApnsReason> fault(byte[] body, int from, int length) {
        if (length > BYTES_MAX) {
            return Optional.of(ApnsReason.PAYLOAD_TOO_LARGE);
        }
        if (length == 0) {
            return Optional.of(ApnsReason.PAYLOAD_EMPTY);
        }
        TokenKey hash = TokenKey.of(Platform.ANDROID, body, from, length); // any 128-bit hash of the bytes as they are
        int at = 2 * ((int) hash.high() & (REMEMBERED - 1));
        if (remembered[at] == hash.high() && remembered[at + 1] == hash.low()) {
            return Optional.empty();
        }
        if (!isObjectWithAps(body, from, length)) {
            return Optional.of(ApnsReason.PAYLOAD_EMPTY);
        }
        remembered[at] = hash.high();
        remembered[at + 1] = hash.low();
        return Optional.empty();
    }

    private static boolean isObjectWithAps(byte[] body, int from, int length) {
        try (JsonParser json = JSON.createParser(body, from, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            boolean aps = false;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                aps |= name.equals("aps") && value == JsonToken.START_OBJECT;
                json.skipChildren();
            }
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null && aps;
        } catch (IOException e) {
            return false; // not JSON
        }
    }
}
