package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.journal.JournalWriter;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.loadtest.provider.wire.AnswerHead;
import io.broadcaster.loadtest.provider.wire.Conduct;
import io.broadcaster.loadtest.provider.wire.Endpoint;
import io.broadcaster.loadtest.provider.wire.ProviderAnswer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * FCM and its token endpoint behind one connection. A message that repeats another but for its token allocates nothing.
 * Made on the connection's event loop and confined to it.
 */
public final class FcmEndpoint implements Endpoint {
    static final AsciiString[] JSON_HEADERS = {
        AsciiString.cached("content-type"), AsciiString.cached("application/json; charset=UTF-8")
    };

    private static final AnswerHead ACCEPTED = AnswerHead.of(200, JSON_HEADERS);
    private static final Map<FcmReason, AnswerHead> REFUSALS = new EnumMap<>(FcmReason.class);

    static {
        for (FcmReason reason : FcmReason.values()) {
            REFUSALS.put(reason, AnswerHead.of(reason.status(), JSON_HEADERS));
        }
        // What a client is told to wait after a 429, in seconds.
        REFUSALS.put(
                FcmReason.QUOTA_EXCEEDED,
                AnswerHead.of(
                        FcmReason.QUOTA_EXCEEDED.status(),
                        JSON_HEADERS[0],
                        JSON_HEADERS[1],
                        AsciiString.cached("retry-after"),
                        AsciiString.cached("1")));
    }

    /** Message numbers are drawn from the common count so many at a time. */
    private static final int NUMBERS_DRAWN = 1_024;

    private static final int HEX_DIGITS = 16;
    private static final byte[] TOKEN_PATH = TokenExchange.PATH.getBytes(StandardCharsets.US_ASCII);

    private final FcmRules rules;
    private final FcmRepeats repeats = new FcmRepeats();
    private final AccessTokens tokens;
    private final TokenExchange exchange;
    private final Simulation simulation;
    private final JournalWriter writer;
    private final ProviderAnswer answer = new ProviderAnswer(ACCEPTED);
    private final byte[] name;
    private long nowMillis;
    private boolean tokenSeen;
    private long number;
    private long numbersEnd;

    /** Must be called on the thread that will serve the connection. */
    public FcmEndpoint(String project, AccessTokens tokens, TokenExchange exchange, Simulation simulation) {
        rules = new FcmRules(project, tokens);
        this.tokens = tokens;
        this.exchange = exchange;
        this.simulation = simulation;
        writer = simulation.journal().writer(Platform.ANDROID);
        name = ("{\"name\":\"projects/" + project + "/messages/0:" + "0".repeat(HEX_DIGITS) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What all connections share; {@code messages} numbers the accepted ones. */
    public record Simulation(Journal journal, Conduct conduct, InstantSource clock, AtomicLong messages) {}

    @Override
    public FieldNames names() {
        return FcmRules.names();
    }

    @Override
    public void begin() {
        nowMillis = simulation.clock().millis();
        writer.now();
    }

    @Override
    public ProviderAnswer answer(ProviderRequest request) {
        if (repeats.accepts(request, nowMillis)) {
            return accept(repeats.device().high(), repeats.device().low(), repeats.collapseNumber());
        }
        return request.path().is(TOKEN_PATH) ? exchange.answer(request, nowMillis, answer) : judge(request);
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
        return FcmRules.BODY_BYTES_MAX;
    }

    private ProviderAnswer judge(ProviderRequest request) {
        Journal journal = simulation.journal();
        FcmVerdict verdict = rules.judge(request, nowMillis);
        tokenSeen |= !(verdict instanceof FcmVerdict.Refused);
        return switch (verdict) {
            case FcmVerdict.Accepted accepted when accepted.dryRun() -> look(accepted.device());
            case FcmVerdict.Accepted accepted -> {
                int collapseNumber = journal.collapseNumber(accepted.collapseId());
                long expiryMillis = tokens.expiryMillis(request.field(FcmRules.AUTHORIZATION));
                repeats.remember(request, rules.message(), expiryMillis, collapseNumber);
                yield accept(accepted.device().high(), accepted.device().low(), collapseNumber);
            }
            case FcmVerdict.Refused refused -> {
                writer.refused(journal.reasonNumber(refused.reason().wireName()));
                yield refusal(refused.reason(), refused.rule());
            }
            case FcmVerdict.DeviceRefused refused -> {
                int reason = journal.reasonNumber(refused.reason().wireName());
                writer.refused(refused.device().high(), refused.device().low(), reason);
                yield refusal(refused.reason(), refused.rule());
            }
        };
    }

    /** A dry run, which nothing is delivered by. */
    private ProviderAnswer look(TokenKey device) {
        int scripted = simulation.conduct().scriptedStatus();
        return scripted > 0 ? fault(FcmReason.ofScripted(scripted), device.high(), device.low()) : named();
    }

    private ProviderAnswer accept(long keyHigh, long keyLow, int collapseNumber) {
        int scripted = simulation.conduct().scriptedStatus();
        if (scripted == Conduct.REFUSED) {
            return answer.refused();
        }
        if (scripted == Conduct.SILENT) {
            return answer.silent();
        }
        if (scripted > 0) {
            return fault(FcmReason.ofScripted(scripted), keyHigh, keyLow);
        }
        writer.accepted(keyHigh, keyLow, collapseNumber, 0, 0);
        return scripted == Conduct.SILENT_AFTER_DELIVERY ? answer.silent() : named();
    }

    private ProviderAnswer fault(FcmReason reason, long keyHigh, long keyLow) {
        writer.refused(keyHigh, keyLow, simulation.journal().reasonNumber(reason.wireName()));
        return refusal(reason, "");
    }

    private ProviderAnswer refusal(FcmReason reason, String rule) {
        return answer.set(REFUSALS.getOrDefault(reason, ACCEPTED), rule.isEmpty() ? reason.body() : reason.body(rule));
    }

    /** {@code {"name":"projects/p/messages/0:<hex>"}}. */
    private ProviderAnswer named() {
        if (number == numbersEnd) {
            numbersEnd = simulation.messages().addAndGet(NUMBERS_DRAWN);
            number = numbersEnd - NUMBERS_DRAWN;
        }
        long rest = ++number;
        for (int at = name.length - 3; at > name.length - 3 - HEX_DIGITS; at--) {
            int digit = (int) rest & 0xf;
            name[at] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
            rest >>>= 4;
        }
        return answer.set(ACCEPTED, name);
    }
}
