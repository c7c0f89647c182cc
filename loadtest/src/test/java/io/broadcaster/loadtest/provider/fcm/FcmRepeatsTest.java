package io.broadcaster.loadtest.provider.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.hpack.FieldSink;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.loadtest.provider.tls.Signer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.broadcaster.loadtest.provider.wire.Requests;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The short way must never accept what the rules would not, and must know what it is for. */
final class FcmRepeatsTest {
    private static final KeyPair KEYS = Signer.rsaKeys();
    private static final long NOW = Instant.parse("2026-02-08T18:30:00Z").toEpochMilli();
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:";

    private final SplittableRandom random = new SplittableRandom(5);

    /** Whether the next request differs from others in its token only. */
    private boolean plain;

    private final AccessTokens tokens = new AccessTokens(KEYS.getPublic(), "sender", random);
    private final String access = tokens.issue(
                    Signer.rs256(
                            KEYS.getPrivate(),
                            "{\"iss\":\"sender\",\"aud\":\"here\",\"scope\":\"https://www.googleapis.com/auth/cloud-platform\""
                                    + ",\"iat\":" + NOW / 1_000 + ",\"exp\":" + (NOW / 1_000 + 3_600) + "}"),
                    "here",
                    NOW)
            .orElseThrow();
    private final FcmRules rules = new FcmRules("p", tokens);
    private final FcmRepeats repeats = new FcmRepeats();
    private final Map<String, HeaderField> fields = new HashMap<>();

    @Test
    void accepts_randomRequests_onlyWhatTheRulesAccept() {
        int known = 0;
        for (int i = 0; i < 40_000; i++) {
            ProviderRequest request = request();
            long now = NOW + random.nextLong(3_900_000);
            FcmVerdict verdict = rules.judge(request, now);
            if (repeats.accepts(request, now)) {
                known++;
                assertThat(verdict).isInstanceOfSatisfying(FcmVerdict.Accepted.class, accepted -> {
                    assertThat(accepted.dryRun()).isFalse();
                    assertThat(accepted.device())
                            .isEqualTo(new TokenKey(
                                    repeats.device().high(), repeats.device().low()));
                    assertThat(accepted.collapseId().hashCode()).isEqualTo(repeats.collapseNumber());
                });
            } else if (verdict instanceof FcmVerdict.Accepted accepted && !accepted.dryRun()) {
                long expiry = tokens.expiryMillis(request.field(FcmRules.AUTHORIZATION));
                repeats.remember(
                        request, rules.message(), expiry, accepted.collapseId().hashCode());
            }
        }
        assertThat(known).isGreaterThan(5_000);
    }

    @Test
    void isLive_everyByteInEveryPlace_asTheRulesSay() {
        byte[] good = ("c".repeat(22) + ":APA91b" + "x".repeat(20)).getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < good.length; at++) {
            for (int b = 0; b < 256; b++) {
                byte[] token = good.clone();
                token[at] = (byte) b;
                assertThat(FcmToken.isLive(token, 0, token.length))
                        .as("%d at %d", b, at)
                        .isEqualTo(b < 128 && CHARACTERS.indexOf(b) >= 0);
            }
        }
    }

    @Test
    void isLive_fateInEveryPlace_found() {
        for (int length = 8; length < 40; length++) {
            for (int at = 0; at + 5 <= length; at++) {
                for (String fate : new String[] {":dead", ":bad0"}) {
                    byte[] token = new byte[length + 10];
                    Arrays.fill(token, (byte) 'x');
                    System.arraycopy(fate.getBytes(StandardCharsets.US_ASCII), 0, token, 3 + at, 5);
                    assertThat(FcmToken.isLive(token, 3, length))
                            .as("%s at %d of %d", fate, at, length)
                            .isFalse();
                    assertThat(FcmToken.isLive(token, 3 + at + 1, 8))
                            .as("without its colon")
                            .isTrue();
                }
            }
        }
    }

    private ProviderRequest request() {
        plain = random.nextInt(3) > 0;
        var request = new ProviderRequest(FcmRules.names());
        FieldSink intern = new FieldSink() {
            @Override
            public void field(HeaderField field) {
                request.field(fields.computeIfAbsent(field.name() + field.text(), key -> field));
            }

            @Override
            public void slice(int name, byte[] bytes, int from, int length) {
                request.slice(name, bytes, from, length);
            }

            @Override
            public void unread(int name) {}
        };
        FieldNames names = FcmRules.names();
        names.field(":method", !plain && random.nextInt(20) == 0 ? "GET" : "POST", intern);
        names.field(":scheme", "https", intern);
        names.field(
                ":path",
                pick("/v1/projects/p/messages:send", "/v1/projects/p/messages:send", "/v1/projects/q/messages:send"),
                intern);
        if (plain || random.nextInt(20) > 0) {
            names.field("authorization", "Bearer " + (!plain && random.nextInt(20) == 0 ? "other" : access), intern);
        }
        byte[] body = body().getBytes(StandardCharsets.UTF_8);
        return Requests.withBody(request, body);
    }

    private String body() {
        String collapse = pick("launch", "launch", "other");
        String before = !plain && random.nextInt(20) == 0 ? "{\"validate_only\":true," : "{";
        String token = token();
        return pick(
                before + "\"message\":{\"token\":\"" + token + "\",\"android\":{\"collapse_key\":\"" + collapse
                        + "\"}}}",
                before + "\"message\":{\"android\":{\"collapse_key\":\"" + collapse + "\"},\"token\":\"" + token
                        + "\"}}",
                before + "\"message\":{\"token\":\"" + token + "\",\"data\":{\"from\":\"" + collapse + "\"}}}",
                before + "\"message\":{\"token\":\"" + token + "\",\"topic\":\"" + collapse + "\"}}");
    }

    private String token() {
        int length = random.nextInt(10) == 0 ? random.nextInt(600) : 163;
        var token = new StringBuilder();
        for (int i = 0; i < length; i++) {
            token.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        if (length > 30) {
            plain &= random.nextInt(5) > 0;
            token.replace(22, 27, pick(":APA9", ":APA9", ":dead", ":bad0", "\",\"na", "\\u004", "é"));
        }
        return token.toString();
    }

    private String pick(String... values) {
        return values[plain ? 0 : random.nextInt(values.length)];
    }
}
