package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.loadtest.provider.apns.ProviderTokens.Validity;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.journal.KeyHash;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Knows a push again that differs from one that {@link ApnsRules} have accepted in nothing but its device and its id, and
 * judges these two. The other fields are known by identity, the payload by its bytes. Anything else, and any doubt, is left
 * to the rules. Bound: the last {@value #PUSHES_MAX} pushes that differ in more. Confined to one connection.
 */
final class ApnsRepeats {
    private static final int PUSHES_MAX = 8;

    private final ApnsId id = new ApnsId();
    private final KeyHash device = new KeyHash();
    private final @Nullable Push[] pushes = new Push[PUSHES_MAX];
    private int next;
    private @Nullable Push last;

    /** What was accepted, but for the device and the id. */
    @SuppressWarnings("ArrayRecordComponent") // the payload's own copy, compared by its bytes
    private record Push(@Nullable HeaderField[] fields, byte[] body, Validity validity, int collapseNumber) {
        boolean isRepeatedBy(ProviderRequest request) {
            int from = request.bodyFrom();
            return request.length() == body.length
                    && Arrays.equals(body, 0, body.length, request.body(), from, from + body.length)
                    && fields[0] == request.method()
                    && fields[1] == request.field(ApnsHeaders.AUTHORIZATION)
                    && fields[2] == request.field(ApnsHeaders.TOPIC)
                    && fields[3] == request.field(ApnsHeaders.PUSH_TYPE)
                    && fields[4] == request.field(ApnsHeaders.PRIORITY)
                    && fields[5] == request.field(ApnsHeaders.EXPIRATION)
                    && fields[6] == request.field(ApnsHeaders.COLLAPSE_ID);
        }
    }

    /** Whether the rules are sure to accept this request at this time. */
    boolean accepts(ProviderRequest request, long nowMillis) {
        Push push = last;
        if (push == null || !push.isRepeatedBy(request)) {
            push = find(request);
            if (push == null) {
                return false;
            }
            last = push;
        }
        return push.validity.holds(nowMillis)
                && id.read(request.slice(ApnsHeaders.ID))
                && ApnsRules.isLiveDevice(request.path(), device);
    }

    /** The key of the device of the request that was accepted last. */
    KeyHash device() {
        return device;
    }

    /** The id of the request that was accepted last. */
    ApnsId id() {
        return id;
    }

    /** The collapse id's number in the journal, of the request that was accepted last. */
    int collapseNumber() {
        Push push = last;
        return push == null ? 0 : push.collapseNumber;
    }

    /** Remembers a request that the rules have accepted. */
    void remember(ProviderRequest request, Validity validity, int collapseNumber) {
        HeaderField[] fields = {
            request.method(),
            request.field(ApnsHeaders.AUTHORIZATION),
            request.field(ApnsHeaders.TOPIC),
            request.field(ApnsHeaders.PUSH_TYPE),
            request.field(ApnsHeaders.PRIORITY),
            request.field(ApnsHeaders.EXPIRATION),
            request.field(ApnsHeaders.COLLAPSE_ID)
        };
        int from = request.bodyFrom();
        byte[] body = Arrays.copyOfRange(request.body(), from, from + request.length());
        pushes[next++ % PUSHES_MAX] = new Push(fields, body, validity, collapseNumber);
    }

    private @Nullable Push find(ProviderRequest request) {
        for (Push push : pushes) {
            if (push != null && push.isRepeatedBy(request)) {
                return push;
            }
        }
        return null;
    }
}
