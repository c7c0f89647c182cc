package io.broadcaster.loadtest.provider.fcm;

import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.Journal;
import io.broadcaster.loadtest.provider.wire.Conduct;
import io.broadcaster.loadtest.provider.wire.Endpoint;
import io.broadcaster.loadtest.provider.wire.ProviderAnswer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** FCM and its token endpoint behind one connection. Confined to the connection's event loop. */
public final class FcmEndpoint implements Endpoint {
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString JSON = AsciiString.cached("application/json; charset=UTF-8");
    static final AsciiString[] JSON_HEADERS = {CONTENT_TYPE, JSON};

    /** What a client is told to wait after a 429, in seconds. */
    private static final AsciiString[] THROTTLED_HEADERS = {
        CONTENT_TYPE, JSON, AsciiString.cached("retry-after"), AsciiString.cached("1")
    };

    private final FcmRules rules;
    private final TokenExchange exchange;
    private final Simulation simulation;
    private final byte[] namePrefix;

    public FcmEndpoint(String project, FcmRules rules, TokenExchange exchange, Simulation simulation) {
        this.rules = rules;
        this.exchange = exchange;
        this.simulation = simulation;
        namePrefix = ("{\"name\":\"projects/" + project + "/messages/0:").getBytes(StandardCharsets.UTF_8);
    }

    /** What all connections share; {@code messages} numbers the accepted ones. */
    public record Simulation(Journal journal, Conduct conduct, InstantSource clock, AtomicLong messages) {}

    @Override
    public ProviderAnswer answer(ProviderRequest request) {
        long now = simulation.clock().millis();
        if (TokenExchange.PATH.contentEquals(request.path())) {
            return exchange.answer(request, now);
        }
        return switch (rules.judge(request, now)) {
            case FcmVerdict.Accepted accepted -> accept(accepted);
            case FcmVerdict.Refused refused -> {
                simulation.journal().refused(Platform.ANDROID, refused.reason().wireName());
                yield refusal(refused.reason(), refused.rule());
            }
            case FcmVerdict.DeviceRefused refused -> {
                simulation
                        .journal()
                        .refused(
                                Platform.ANDROID,
                                refused.device(),
                                refused.reason().wireName());
                yield refusal(refused.reason(), refused.rule());
            }
        };
    }

    @Override
    public long answerNanos() {
        return simulation.conduct().answerNanos();
    }

    @Override
    public int bodyMax() {
        return FcmRules.BODY_BYTES_MAX;
    }

    private ProviderAnswer accept(FcmVerdict.Accepted accepted) {
        int scripted = simulation.conduct().scriptedStatus();
        if (scripted != Conduct.BY_THE_RULES) {
            FcmReason reason = FcmReason.ofScripted(scripted);
            simulation.journal().refused(Platform.ANDROID, accepted.device(), reason.wireName());
            return refusal(reason, "");
        }
        if (!accepted.dryRun()) {
            simulation.journal().accepted(Platform.ANDROID, accepted.device(), accepted.collapseId(), 0, 0);
        }
        return new ProviderAnswer(200, JSON_HEADERS, name(simulation.messages().incrementAndGet()));
    }

    private static ProviderAnswer refusal(FcmReason reason, String rule) {
        return new ProviderAnswer(
                reason.status(),
                reason == FcmReason.QUOTA_EXCEEDED ? THROTTLED_HEADERS : JSON_HEADERS,
                rule.isEmpty() ? reason.body() : reason.body(rule));
    }

    /** {@code {"name":"projects/p/messages/0:<hex>"}}. */
    private byte[] name(long message) {
        byte[] body = Arrays.copyOf(namePrefix, namePrefix.length + 18);
        for (int i = 0; i < 16; i++) {
            body[namePrefix.length + i] = (byte) Character.forDigit((int) (message >>> (60 - 4 * i)) & 0xf, 16);
        }
        body[body.length - 2] = '"';
        body[body.length - 1] = '}';
        return body;
    }
}
