package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.wire.Conduct;
import io.broadcaster.loadtest.provider.wire.Endpoint;
import io.broadcaster.loadtest.provider.wire.ProviderAnswer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.netty.util.AsciiString;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** APNs behind one connection: judges, writes the journal, answers. Confined to the connection's event loop. */
public final class ApnsEndpoint implements Endpoint {
    private static final int OK = 200;

    private final ApnsRules rules;
    private final Journal journal;
    private final Conduct conduct;
    private final InstantSource clock;
    private final Supplier<UUID> newIds;

    /** {@code newIds} names notifications that came without an id. */
    public ApnsEndpoint(ApnsRules rules, Journal journal, Conduct conduct, InstantSource clock, Supplier<UUID> newIds) {
        this.rules = rules;
        this.journal = journal;
        this.conduct = conduct;
        this.clock = clock;
        this.newIds = newIds;
    }

    @Override
    public ProviderAnswer answer(ProviderRequest request) {
        AsciiString id = id(request.headers().get(ApnsHeaders.ID));
        return switch (rules.judge(request, clock.millis())) {
            case ApnsVerdict.Accepted accepted -> accept(accepted, id);
            case ApnsVerdict.Refused refused -> {
                journal.refused(Platform.IOS, refused.reason().wireName());
                yield refusal(refused.reason(), id, refused.reason().body());
            }
            case ApnsVerdict.DeviceRefused refused -> {
                ApnsReason reason = refused.reason();
                journal.refused(Platform.IOS, refused.device(), reason.wireName());
                yield refusal(
                        reason,
                        id,
                        refused.deadSinceMillis() == 0 ? reason.body() : reason.body(refused.deadSinceMillis()));
            }
        };
    }

    @Override
    public long answerNanos() {
        return conduct.answerNanos();
    }

    @Override
    public int bodyMax() {
        return ApnsPayload.BYTES_MAX;
    }

    private ProviderAnswer accept(ApnsVerdict.Accepted accepted, AsciiString id) {
        int scripted = conduct.scriptedStatus();
        if (scripted != Conduct.BY_THE_RULES) {
            ApnsReason reason = ApnsReason.ofScripted(scripted);
            journal.refused(Platform.IOS, accepted.device(), reason.wireName());
            return refusal(reason, id, reason.body());
        }
        journal.accepted(Platform.IOS, accepted.device(), accepted.collapseId(), ApnsId.high(id), ApnsId.low(id));
        return new ProviderAnswer(OK, new AsciiString[] {ApnsHeaders.ID, id}, ProviderAnswer.EMPTY);
    }

    private static ProviderAnswer refusal(ApnsReason reason, AsciiString id, byte[] body) {
        return new ProviderAnswer(reason.status(), new AsciiString[] {ApnsHeaders.ID, id}, body);
    }

    /** The request's own id where it is one, else a new one: what APNs echoes. */
    private AsciiString id(@Nullable CharSequence given) {
        return given != null && ApnsId.isValid(given)
                ? AsciiString.of(given)
                : AsciiString.of(newIds.get().toString());
    }
}
