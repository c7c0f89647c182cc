package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.journal.KeyHash;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Knows a message again that differs from one that {@link FcmRules} have accepted in nothing but its token, and judges that.
 * The fields are known by identity; the body by its bytes before and after the token, which cannot hold what would end a
 * JSON text. Anything else, and any doubt, is left to the rules. Bound: the last {@value #MESSAGES_MAX} messages that
 * differ in more. Confined to one connection.
 */
final class FcmRepeats {
    private static final int MESSAGES_MAX = 8;

    private final KeyHash device = new KeyHash();
    private final @Nullable Template[] templates = new Template[MESSAGES_MAX];
    private int next;
    private @Nullable Template last;

    /** What was accepted, but for the token. */
    @SuppressWarnings("ArrayRecordComponent") // the template's own copies, compared by their bytes
    private record Template(
            @Nullable HeaderField method,
            HeaderField authorization,
            byte[] path,
            byte[] before,
            byte[] after,
            long expiryMillis,
            int collapseNumber) {
        boolean isRepeatedBy(ProviderRequest request) {
            int tokenLength = request.length() - before.length - after.length;
            if (tokenLength <= 0 || request.length() > FcmRules.BODY_BYTES_MAX) {
                return false;
            }
            byte[] body = request.body();
            int from = request.bodyFrom();
            int token = from + before.length;
            int rest = token + tokenLength;
            return method == request.method()
                    && authorization == request.field(FcmRules.AUTHORIZATION)
                    && request.path().is(path)
                    && Arrays.equals(before, 0, before.length, body, from, token)
                    && Arrays.equals(after, 0, after.length, body, rest, rest + after.length);
        }
    }

    /** Whether the rules are sure to accept this request at this time. */
    boolean accepts(ProviderRequest request, long nowMillis) {
        Template template = last;
        if (template == null || !template.isRepeatedBy(request)) {
            template = find(request);
            if (template == null) {
                return false;
            }
            last = template;
        }
        int from = request.bodyFrom() + template.before.length;
        int length = request.length() - template.before.length - template.after.length;
        if (nowMillis >= template.expiryMillis || !FcmToken.isLive(request.body(), from, length)) {
            return false;
        }
        device.of(Platform.ANDROID, request.body(), from, length);
        return true;
    }

    /** The key of the device of the request that was accepted last. */
    KeyHash device() {
        return device;
    }

    /** The collapse id's number in the journal, of the request that was accepted last. */
    int collapseNumber() {
        Template template = last;
        return template == null ? 0 : template.collapseNumber;
    }

    /** Remembers a request that the rules have accepted, and whose token they found at {@code token} in its body. */
    void remember(ProviderRequest request, FcmMessage message, long expiryMillis, int collapseNumber) {
        HeaderField authorization = request.field(FcmRules.AUTHORIZATION);
        byte[] body = Arrays.copyOfRange(request.body(), request.bodyFrom(), request.bodyFrom() + request.length());
        int token = message.tokenStart(body);
        if (authorization == null || token < 0) {
            return;
        }
        templates[next++ % MESSAGES_MAX] = new Template(
                request.method(),
                authorization,
                Arrays.copyOfRange(
                        request.path().bytes(),
                        request.path().from(),
                        request.path().from() + request.path().length()),
                Arrays.copyOf(body, token),
                Arrays.copyOfRange(body, token + message.tokenLength(), body.length),
                expiryMillis,
                collapseNumber);
    }

    private @Nullable Template find(ProviderRequest request) {
        for (Template template : templates) {
            if (template != null && template.isRepeatedBy(request)) {
                return template;
            }
        }
        return null;
    }
}
