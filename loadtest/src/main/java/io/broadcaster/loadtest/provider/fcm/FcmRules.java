package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.netty.util.AsciiString;

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

    static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    private static final AsciiString PROJECTS = AsciiString.cached("/v1/projects/");
    private static final AsciiString SEND = AsciiString.cached("/messages:send");

    private final AsciiString path;
    private final AccessTokens tokens;
    private final FcmMessageReader reader = new FcmMessageReader();

    /** Rules for one project; {@code tokens} may be shared by all connections. */
    public FcmRules(String project, AccessTokens tokens) {
        path = new AsciiString(PROJECTS + project + SEND);
        this.tokens = tokens;
    }

    /** Judges one request as of {@code nowMillis}. */
    public FcmVerdict judge(ProviderRequest request, long nowMillis) {
        boolean ours = path.contentEquals(request.path());
        boolean send =
                ours || (request.path().startsWith(PROJECTS) && request.path().endsWith(SEND));
        if (!send || !AsciiString.contentEquals("POST", request.method())) {
            return new FcmVerdict.Refused(FcmReason.NOT_FOUND, "");
        }
        if (!tokens.authorizes(request.headers().get(AUTHORIZATION), nowMillis)) {
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
            return judge(reader.read(request.body(), request.length()));
        } catch (BadMessage e) {
            FcmMessage message = reader.message();
            return message.hasToken()
                    ? new FcmVerdict.DeviceRefused(message.device(), FcmReason.INVALID_ARGUMENT, e.rule())
                    : new FcmVerdict.Refused(FcmReason.INVALID_ARGUMENT, e.rule());
        }
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
