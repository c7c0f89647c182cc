package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Optional;

/**
 * What APNs says to a request, by its published rules, and by two of our own so that outcomes can be foretold: a token that
 * starts with {@code dead} is unregistered, one that starts with {@code bad0} is no device token. No effect but the memory
 * of what held. Confined to one connection.
 */
public final class ApnsRules {
    /** How long before the answer a dead device was found gone: later than the registration of any synthetic device. */
    static final Duration DEAD_FOR = Duration.ofHours(1);

    /** Tokens are 32 bytes today; Apple says that they may grow. */
    private static final int TOKEN_HEX_MIN = 64;

    private static final int TOKEN_HEX_MAX = 200;
    private static final AsciiString PATH = AsciiString.cached("/3/device/");
    private static final AsciiString DEAD = AsciiString.cached("dead");
    private static final AsciiString BAD = AsciiString.cached("bad0");

    private final ApnsHeaders headers;
    private final ProviderTokens tokens;
    private final ApnsPayload payload = new ApnsPayload();

    /** Rules for an app; {@code tokens} may be shared by all connections. */
    public ApnsRules(String topic, ProviderTokens tokens) {
        headers = new ApnsHeaders(topic);
        this.tokens = tokens;
    }

    /** Judges one request as of {@code nowMillis}. */
    public ApnsVerdict judge(ProviderRequest request, long nowMillis) {
        AsciiString path = request.path();
        Optional<ApnsReason> fault = requestFault(request, nowMillis);
        if (fault.isPresent()) {
            return new ApnsVerdict.Refused(fault.get());
        }
        int from = PATH.length();
        TokenKey device = TokenKey.of(Platform.IOS, path.array(), path.arrayOffset() + from, path.length() - from);
        fault = headers.fault(request.headers());
        if (fault.isEmpty()) {
            fault = payload.fault(request.body(), request.length());
        }
        if (fault.isPresent()) {
            return new ApnsVerdict.DeviceRefused(device, fault.get(), 0);
        }
        if (!isDeviceToken(path, from) || path.regionMatches(true, from, BAD, 0, BAD.length())) {
            return new ApnsVerdict.DeviceRefused(device, ApnsReason.BAD_DEVICE_TOKEN, 0);
        }
        if (path.regionMatches(true, from, DEAD, 0, DEAD.length())) {
            return new ApnsVerdict.DeviceRefused(device, ApnsReason.UNREGISTERED, nowMillis - DEAD_FOR.toMillis());
        }
        CharSequence collapseId = request.headers().get(ApnsHeaders.COLLAPSE_ID);
        return new ApnsVerdict.Accepted(device, collapseId == null ? "" : collapseId);
    }

    private Optional<ApnsReason> requestFault(ProviderRequest request, long nowMillis) {
        if (!request.path().startsWith(PATH)) {
            return Optional.of(ApnsReason.BAD_PATH);
        }
        if (!AsciiString.contentEquals("POST", request.method())) {
            return Optional.of(ApnsReason.METHOD_NOT_ALLOWED);
        }
        if (request.path().length() == PATH.length()) {
            return Optional.of(ApnsReason.MISSING_DEVICE_TOKEN);
        }
        return tokens.fault(request.headers().get(ApnsHeaders.AUTHORIZATION), nowMillis);
    }

    private static boolean isDeviceToken(AsciiString path, int from) {
        int length = path.length() - from;
        if (length < TOKEN_HEX_MIN || length > TOKEN_HEX_MAX || length % 2 != 0) {
            return false;
        }
        for (int i = from; i < path.length(); i++) {
            if (Character.digit(path.byteAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
