package io.broadcaster.loadtest.provider.apns;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.JournalWriter;
import io.broadcaster.loadtest.provider.wire.AnswerHead;
import io.broadcaster.loadtest.provider.wire.Conduct;
import io.broadcaster.loadtest.provider.wire.Endpoint;
import io.broadcaster.loadtest.provider.wire.ProviderAnswer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.broadcaster.loadtest.provider.wire.Slice;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * APNs behind one connection: judges, writes the journal, answers. A request that repeats another but for device and id
 * allocates nothing. Made on the connection's event loop and confined to it.
 */
public final class ApnsEndpoint implements Endpoint {
    private static final AsciiString ID = AsciiString.cached("apns-id");
    private static final AnswerHead ACCEPTED = AnswerHead.of(200).withOpen(ID);
    private static final Map<ApnsReason, AnswerHead> REFUSALS = new EnumMap<>(ApnsReason.class);

    static {
        for (ApnsReason reason : ApnsReason.values()) {
            REFUSALS.put(reason, AnswerHead.of(reason.status()).withOpen(ID));
        }
    }

    private final ApnsRules rules;
    private final ApnsRepeats repeats = new ApnsRepeats();
    private final ApnsId id = new ApnsId();
    private final ProviderTokens tokens;
    private final Journal journal;
    private final JournalWriter writer;
    private final Simulation simulation;
    private final ProviderAnswer answer = new ProviderAnswer(ACCEPTED);
    private long nowMillis;
    private boolean tokenSeen;

    /** Must be called on the thread that will serve the connection. */
    public ApnsEndpoint(String topic, ProviderTokens tokens, Journal journal, Simulation simulation) {
        rules = new ApnsRules(topic, tokens);
        this.tokens = tokens;
        this.journal = journal;
        this.simulation = simulation;
        writer = journal.writer(Platform.IOS);
    }

    /** What is scripted; {@code newIds} names notifications that came without an id. */
    public record Simulation(Conduct conduct, InstantSource clock, Supplier<UUID> newIds) {}

    @Override
    public FieldNames names() {
        return ApnsRules.names();
    }

    @Override
    public void begin() {
        nowMillis = simulation.clock().millis();
        writer.now();
    }

    @Override
    public ProviderAnswer answer(ProviderRequest request) {
        if (repeats.accepts(request, nowMillis)) {
            Slice given = request.slice(ApnsHeaders.ID);
            return accept(
                    repeats.device().high(), repeats.device().low(), repeats.collapseNumber(), repeats.id(), given);
        }
        return judge(request);
    }

    @Override
    public long answerNanos() {
        return simulation.conduct().answerNanos();
    }

    @Override
    public int streamsMax() {
        return simulation.conduct().streamsMax(tokenSeen);
    }

    @Override
    public int requestsMax() {
        return simulation.conduct().requestsMax();
    }

    @Override
    public int bodyMax() {
        return ApnsPayload.BYTES_MAX;
    }

    private ProviderAnswer judge(ProviderRequest request) {
        ApnsVerdict verdict = rules.judge(request, nowMillis);
        Slice given = request.slice(ApnsHeaders.ID);
        if (!id.read(given)) {
            given = Slice.of(simulation.newIds().get().toString().getBytes(StandardCharsets.US_ASCII));
            id.read(given);
        }
        tokenSeen |= !(verdict instanceof ApnsVerdict.Refused);
        return switch (verdict) {
            case ApnsVerdict.Accepted accepted -> {
                int collapseNumber = journal.collapseNumber(accepted.collapseId());
                HeaderField authorization = request.field(ApnsHeaders.AUTHORIZATION);
                if (authorization != null) {
                    repeats.remember(request, tokens.validity(authorization), collapseNumber);
                }
                yield accept(accepted.device().high(), accepted.device().low(), collapseNumber, id, given);
            }
            case ApnsVerdict.Refused refused -> {
                writer.refused(journal.reasonNumber(refused.reason().wireName()));
                yield refusal(refused.reason(), given, refused.reason().body());
            }
            case ApnsVerdict.DeviceRefused refused -> {
                ApnsReason reason = refused.reason();
                writer.refused(
                        refused.device().high(), refused.device().low(), journal.reasonNumber(reason.wireName()));
                yield refusal(
                        reason,
                        given,
                        refused.deadSinceMillis() == 0 ? reason.body() : reason.body(refused.deadSinceMillis()));
            }
        };
    }

    private ProviderAnswer accept(long keyHigh, long keyLow, int collapseNumber, ApnsId known, Slice given) {
        int scripted = simulation.conduct().scriptedStatus();
        if (scripted == Conduct.REFUSED) {
            return answer.refused();
        }
        if (scripted == Conduct.SILENT) {
            return answer.silent();
        }
        if (scripted > 0) {
            ApnsReason reason = ApnsReason.ofScripted(scripted);
            writer.refused(keyHigh, keyLow, journal.reasonNumber(reason.wireName()));
            return refusal(reason, given, reason.body());
        }
        writer.accepted(keyHigh, keyLow, collapseNumber, known.high(), known.low());
        if (scripted == Conduct.SILENT_AFTER_DELIVERY) {
            return answer.silent();
        }
        return answer.set(ACCEPTED, ProviderAnswer.EMPTY).open(given.bytes(), given.from(), given.length());
    }

    private ProviderAnswer refusal(ApnsReason reason, Slice given, byte[] body) {
        return answer.set(REFUSALS.getOrDefault(reason, ACCEPTED), body)
                .open(given.bytes(), given.from(), given.length());
    }
}
