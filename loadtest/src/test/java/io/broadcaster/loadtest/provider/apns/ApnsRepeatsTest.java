package io.broadcaster.loadtest.provider.apns;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.loadtest.provider.apns.ProviderTokens.Validity;
import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.hpack.FieldSink;
import io.broadcaster.loadtest.provider.hpack.HeaderField;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.loadtest.provider.tls.Signer;
import io.broadcaster.loadtest.provider.wire.ProviderRequest;
import io.broadcaster.loadtest.provider.wire.Requests;
import io.broadcaster.loadtest.provider.wire.Slice;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The short way must never accept what the rules would not, and must know what it is for. */
final class ApnsRepeatsTest {
    private static final KeyPair KEYS = Signer.ecKeys();
    private static final Instant NOW = Instant.parse("2026-02-08T18:30:00Z");
    private static final String[] NAMES = {
        "authorization", "apns-topic", "apns-push-type", "apns-priority", "apns-expiration", "apns-collapse-id"
    };

    private final ProviderTokens tokens = new ProviderTokens(KEYS.getPublic(), "K", "T");
    private final ApnsRules rules = new ApnsRules("topic", tokens);
    private final ApnsRepeats repeats = new ApnsRepeats();
    private final Map<String, HeaderField> fields = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(5);

    /** Whether the next request differs from others in device and id only. */
    private boolean plain;

    @Test
    void accepts_randomRequests_onlyWhatTheRulesAccept() {
        int known = 0;
        for (int i = 0; i < 60_000; i++) {
            ProviderRequest request = interned(random());
            long now = NOW.toEpochMilli() + random.nextLong(-400_000, 4_000_000);
            ApnsVerdict verdict = rules.judge(request, now);
            if (repeats.accepts(request, now)) {
                known++;
                assertThat(verdict).isInstanceOfSatisfying(ApnsVerdict.Accepted.class, accepted -> {
                    assertThat(accepted.device())
                            .isEqualTo(new TokenKey(
                                    repeats.device().high(), repeats.device().low()));
                    assertThat(accepted.collapseId().hashCode()).isEqualTo(repeats.collapseNumber());
                });
                var id = UUID.fromString(request.slice(ApnsHeaders.ID).text());
                assertThat(id)
                        .isEqualTo(new UUID(repeats.id().high(), repeats.id().low()));
            } else if (verdict instanceof ApnsVerdict.Accepted accepted) {
                HeaderField authorization = request.field(ApnsHeaders.AUTHORIZATION);
                Validity validity = tokens.validity(authorization);
                repeats.remember(request, validity, accepted.collapseId().hashCode());
            }
        }
        assertThat(known).isGreaterThan(5_000);
    }

    @Test
    void read_everyByteInEveryPlace_hexOrNot() {
        for (int at = 0; at < 64; at++) {
            for (int b = 0; b < 256; b++) {
                byte[] text = "0123456789abcdefABCDEF0123456789abcdefABCDEF01234567890123456789"
                        .getBytes(StandardCharsets.US_ASCII);
                text[at] = (byte) b;
                boolean hex = b < 128 && Character.digit(b, 16) >= 0;
                assertThat(Hex.isHex(text, 0, 64)).as("%d at %d", b, at).isEqualTo(hex);
            }
        }
        assertThat(Hex.isHex("0123456789abcde".getBytes(StandardCharsets.US_ASCII), 1, 13))
                .isTrue();
        assertThat(Hex.value(Hex.eight("fEdC0189".getBytes(StandardCharsets.US_ASCII), 0)))
                .isEqualTo(0xfedc0189L);
    }

    @Test
    void read_everyByteInAnId_uuidOrNot() {
        var id = new ApnsId();
        String good = "eabeae54-14A8-11e5-b60b-1697f925ec7b";
        for (int at = 0; at < 36; at++) {
            for (int b = 0; b < 256; b++) {
                byte[] text = good.getBytes(StandardCharsets.US_ASCII);
                text[at] = (byte) b;
                boolean dash = at == 8 || at == 13 || at == 18 || at == 23;
                boolean valid = dash ? b == '-' : b < 128 && Character.digit(b, 16) >= 0;
                assertThat(id.read(Slice.of(text))).as("%d at %d", b, at).isEqualTo(valid);
            }
        }
        assertThat(id.read(Slice.of(good.getBytes(StandardCharsets.US_ASCII)))).isTrue();
        assertThat(new UUID(id.high(), id.low())).isEqualTo(UUID.fromString(good));
    }

    private Requests random() {
        plain = random.nextInt(3) > 0;
        var headers = new HashMap<String, String>();
        String[] values = {
            "bearer " + token(plain ? 0 : random.nextInt(3)),
            pick("topic", "topic", "topic.voip"),
            pick("alert", "alert", "background", "other"),
            pick("10", "5", "5", "7"),
            pick("0", "1770576600", "never"),
            pick("launch", "launch", "x".repeat(65)),
        };
        for (int i = 0; i < NAMES.length; i++) {
            if (plain || random.nextInt(12) > 0) {
                headers.put(NAMES[i], values[i]);
            }
        }
        if (random.nextInt(8) > 0) {
            headers.put(
                    "apns-id",
                    random.nextInt(10) == 0 ? "no-id" : new UUID(random.nextLong(), random.nextLong()).toString());
        }
        return new Requests(
                        !plain && random.nextInt(20) == 0 ? "GET" : "POST",
                        pick("/3/device/", "/3/device/", "/3/device/", "/2/device/") + device(),
                        headers,
                        new byte[0])
                .withBody(pick("{\"aps\":{}}", "{\"aps\":{}}", "{\"aps\":{\"alert\":\"a\"}}", "{}", ""));
    }

    private String device() {
        String hex = String.format(Locale.ROOT, "%016x", random.nextLong()).repeat(4);
        return switch (random.nextInt(12)) {
            case 0 -> "dead" + hex.substring(4);
            case 1 -> "BAD0" + hex.substring(4);
            case 2 -> hex.substring(1);
            case 3 -> hex + hex + hex + hex;
            case 4 -> "z" + hex.substring(1);
            case 5 -> hex + "ab";
            default -> hex;
        };
    }

    private final List<String> signed = new ArrayList<>();

    private String token(int number) {
        while (signed.size() <= number) {
            long issuedAt = NOW.getEpochSecond() - 1_200L * signed.size();
            signed.add(Signer.es256(KEYS.getPrivate(), "K", "{\"iss\":\"T\",\"iat\":" + issuedAt + "}"));
        }
        return signed.get(number);
    }

    private String pick(String... values) {
        return values[plain ? 0 : random.nextInt(values.length)];
    }

    /** The same text is the same object, as from the decoder. */
    private ProviderRequest interned(Requests source) {
        var request = new ProviderRequest(ApnsHeaders.NAMES);
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
        FieldNames names = ApnsHeaders.NAMES;
        names.field(":method", source.method(), intern);
        names.field(":scheme", "https", intern);
        names.field(":path", source.path(), intern);
        source.headers().forEach((name, value) -> names.field(name, value, intern));
        return Requests.withBody(request, source.body());
    }
}
