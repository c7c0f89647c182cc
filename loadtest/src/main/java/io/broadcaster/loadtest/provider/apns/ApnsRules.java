package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.journal.KeyHash;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.broadcaster.loadtest.provider.wire.Slice;
import java.nio.charset.StandardCharsets;
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
    private static final byte[] PATH = "/3/device/".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX = 4;
    private static final int DEAD = prefix("dead");
    private static final int BAD = prefix("bad0");

    private final ApnsHeaders headers;
    private final ProviderTokens tokens;
    private final ApnsPayload payload = new ApnsPayload();

    /** Rules for an app; {@code tokens} may be shared by all connections. */
    public ApnsRules(String topic, ProviderTokens tokens) {
        headers = new ApnsHeaders(topic);
        this.tokens = tokens;
    }

    /** The names of the headers that the rules read. */
    public static FieldNames names() {
        return ApnsHeaders.NAMES;
    }

    /** Judges one request as of {@code nowMillis}. */
    public ApnsVerdict judge(ProviderRequest request, long nowMillis) {
        Optional<ApnsReason> fault = requestFault(request, nowMillis);
        if (fault.isPresent()) {
            return new ApnsVerdict.Refused(fault.get());
        }
        Slice path = request.path();
        TokenKey device =
                TokenKey.of(Platform.IOS, path.bytes(), path.from() + PATH.length, path.length() - PATH.length);
        fault = headers.fault(request);
        if (fault.isEmpty()) {
            fault = payload.fault(request.body(), request.bodyFrom(), request.length());
        }
        if (fault.isPresent()) {
            return new ApnsVerdict.DeviceRefused(device, fault.get(), 0);
        }
        if (!isDeviceToken(path) || prefix(path) == BAD) {
            return new ApnsVerdict.DeviceRefused(device, ApnsReason.BAD_DEVICE_TOKEN, 0);
        }
        if (prefix(path) == DEAD) {
            return new ApnsVerdict.DeviceRefused(device, ApnsReason.UNREGISTERED, nowMillis - DEAD_FOR.toMillis());
        }
        return new ApnsVerdict.Accepted(device, ApnsHeaders.text(request.field(ApnsHeaders.COLLAPSE_ID)));
    }

    /** Whether the path alone stands in no push's way: that of a device that lives. Its key is then in {@code device}. */
    static boolean isLiveDevice(Slice path, KeyHash device) {
        if (!path.startsWith(PATH) || !isDeviceToken(path)) {
            return false;
        }
        int prefix = prefix(path);
        if (prefix == DEAD || prefix == BAD) {
            return false;
        }
        device.of(Platform.IOS, path.bytes(), path.from() + PATH.length, path.length() - PATH.length);
        return true;
    }

    private Optional<ApnsReason> requestFault(ProviderRequest request, long nowMillis) {
        if (!request.path().startsWith(PATH)) {
            return Optional.of(ApnsReason.BAD_PATH);
        }
        if (!ApnsHeaders.text(request.method()).equals("POST")) {
            return Optional.of(ApnsReason.METHOD_NOT_ALLOWED);
        }
        if (request.path().length() == PATH.length) {
            return Optional.of(ApnsReason.MISSING_DEVICE_TOKEN);
        }
        return tokens.fault(request.field(ApnsHeaders.AUTHORIZATION), nowMillis);
    }

    private static boolean isDeviceToken(Slice path) {
        int length = path.length() - PATH.length;
        return length >= TOKEN_HEX_MIN
                && length <= TOKEN_HEX_MAX
                && length % 2 == 0
                && Hex.isHex(path.bytes(), path.from() + PATH.length, length);
    }

    /** The first four characters of a device token, in lower case. */
    private static int prefix(Slice path) {
        int from = path.from() + PATH.length;
        int prefix = 0;
        for (int i = from; i < from + PREFIX; i++) {
            prefix = prefix << Byte.SIZE | path.bytes()[i] | 0x20; // digits have that bit anyway
        }
        return prefix;
    }

    private static int prefix(String text) {
        int prefix = 0;
        for (int i = 0; i < PREFIX; i++) {
            prefix = prefix << Byte.SIZE | text.charAt(i);
        }
        return prefix;
    }
}
