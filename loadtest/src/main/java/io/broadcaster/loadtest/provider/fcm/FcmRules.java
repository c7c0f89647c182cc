package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import java.util.List;

/**
 * What FCM says to {@code messages:send}, by its published rules, and by two of our own so that outcomes can be foretold: a
 * token with {@code :dead} is unregistered, one with {@code :bad0} is an invalid argument. No effect. Confined to one
 * connection.
 */
public final class FcmRules {
    /** Keys and values of data and notification, in UTF-8. */
    static final int PAYLOAD_BYTES_MAX = 4_096;

    /** Longest body read: the payload, escaped at worst, and everything about it. */
    static final int BODY_BYTES_MAX = 32 * 1_024;

    private static final FieldNames NAMES = FieldNames.of(List.of("authorization"), List.of());
    static final int AUTHORIZATION = FieldNames.WANTED;
    private static final String PROJECTS = "/v1/projects/";
    private static final String SEND = "/messages:send";

    private final String path;
    private final AccessTokens tokens;
    private final FcmMessageReader reader = new FcmMessageReader();

    /** Rules for one project; {@code tokens} may be shared by all connections. */
    public FcmRules(String project, AccessTokens tokens) {
        path = PROJECTS + project + SEND;
        this.tokens = tokens;
    }

    /** The names of the headers that the rules read. */
    public static FieldNames names() {
        return NAMES;
    }

    /** Judges one request as of {@code nowMillis}. */
    public FcmVerdict judge(ProviderRequest request, long nowMillis) {
        String asked = request.path().text();
        boolean ours = asked.equals(path);
        boolean send = ours || (asked.startsWith(PROJECTS) && asked.endsWith(SEND));
        HeaderField method = request.method();
        if (!send || method == null || !method.text().equals("POST")) {
            return new FcmVerdict.Refused(FcmReason.NOT_FOUND, "");
        }
        if (nowMillis >= tokens.expiryMillis(request.field(AUTHORIZATION))) {
            return new FcmVerdict.Refused(FcmReason.UNAUTHENTICATED, "");
        }
        if (!ours) {
            return new FcmVerdict.Refused(FcmReason.PERMISSION_DENIED, "");
        }
        if (request.length() > BODY_BYTES_MAX) {
            return new FcmVerdict.Refused(
                    FcmReason.INVALID_ARGUMENT, "body must have at most " + BODY_BYTES_MAX + " bytes");
        }
        try {
            return judge(reader.read(request.body(), request.bodyFrom(), request.length()));
        } catch (BadMessage e) {
            FcmMessage message = reader.message();
            return message.hasToken()
                    ? new FcmVerdict.DeviceRefused(message.device(), FcmReason.INVALID_ARGUMENT, e.rule())
                    : new FcmVerdict.Refused(FcmReason.INVALID_ARGUMENT, e.rule());
        }
    }

    /** The message of the last request that was judged, where one was read. */
    FcmMessage message() {
        return reader.message();
    }

    private static FcmVerdict judge(FcmMessage message) throws BadMessage {
        if (message.targets != 1) {
            throw new BadMessage("message must have exactly one of token, topic and condition");
        }
        if (!message.hasToken()) {
            throw new BadMessage("message.token must be present: the simulator has no topics");
        }
        if (message.payloadBytes > PAYLOAD_BYTES_MAX) {
            throw new BadMessage(
                    "Android message is too big: payload must have at most " + PAYLOAD_BYTES_MAX + " bytes");
        }
        if (message.badByRule()) {
            return new FcmVerdict.DeviceRefused(message.device(), FcmReason.INVALID_ARGUMENT, "");
        }
        if (message.deadByRule()) {
            return new FcmVerdict.DeviceRefused(message.device(), FcmReason.UNREGISTERED, "");
        }
        return new FcmVerdict.Accepted(message.device(), message.collapseId(), message.dryRun);
    }
}
