package io.broadcaster.loadtest.provider.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.loadtest.provider.tls.Signer;
import io.broadcaster.loadtest.provider.wire.Requests;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ApnsRulesTest {
    private static final String TOPIC = "io.broadcaster.demo";
    private static final String TOKEN = "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";
    private static final KeyPair KEYS = Signer.ecKeys();
    private static final long NOW = Instant.parse("2026-02-08T18:30:00Z").toEpochMilli();
    private static final Requests GOOD = new Requests(
            "POST",
            "/3/device/" + TOKEN,
            Map.of(
                    "authorization", bearer(KEYS, "KEY1234567", "TEAM123456", 0),
                    "apns-topic", TOPIC,
                    "apns-push-type", "alert",
                    "apns-priority", "10",
                    "apns-expiration", "1770576600",
                    "apns-collapse-id", "launch",
                    "apns-id", "eabeae54-14a8-11e5-b60b-1697f925ec7b"),
            "{\"aps\":{\"alert\":\"hello\"}}".getBytes(StandardCharsets.UTF_8));

    private final ApnsRules rules =
            new ApnsRules(TOPIC, new ProviderTokens(KEYS.getPublic(), "KEY1234567", "TEAM123456"));

    @Test
    void judge_goodRequest_acceptedWithDeviceAndCollapseId() {
        assertThat(rules.judge(GOOD.build(ApnsRules.names()), NOW))
                .isEqualTo(new ApnsVerdict.Accepted(TokenKey.of(Platform.IOS, new DeviceToken(TOKEN)), "launch"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void judge_permittedVariant_accepted(String what, Requests request) {
        assertThat(rules.judge(request.build(ApnsRules.names()), NOW))
                .as(what)
                .isInstanceOf(ApnsVerdict.Accepted.class);
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(
                        "only what must be",
                        GOOD.without("apns-priority")
                                .without("apns-expiration")
                                .without("apns-collapse-id")
                                .without("apns-id")),
                arguments("upper-case token", GOOD.withPath("/3/device/" + TOKEN.toUpperCase(Locale.ROOT))),
                arguments("100-byte token", GOOD.withPath("/3/device/" + "0a".repeat(100))),
                arguments("priority 5", GOOD.with("apns-priority", "5")),
                arguments("priority 1", GOOD.with("apns-priority", "1")),
                arguments("expiration 0", GOOD.with("apns-expiration", "0")),
                arguments("collapse id of 64", GOOD.with("apns-collapse-id", "x".repeat(64))),
                arguments(
                        "background at 5",
                        GOOD.with("apns-push-type", "background").with("apns-priority", "5")),
                arguments("payload of 4096", GOOD.withBody(payload(4_096))),
                arguments(
                        "token of 59 minutes",
                        GOOD.with("authorization", bearer(KEYS, "KEY1234567", "TEAM123456", -59 * 60))),
                arguments(
                        "signature as DER",
                        GOOD.with(
                                "authorization",
                                "bearer "
                                        + Signer.es256Der(KEYS.getPrivate(), "KEY1234567", claims("TEAM123456", 0)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void judge_brokenRule_refusedForItsReason(String what, Requests request, ApnsReason reason) {
        assertThat(reasonOf(rules.judge(request.build(ApnsRules.names()), NOW)))
                .as(what)
                .contains(reason);
    }

    static Stream<Arguments> refused() {
        return Stream.concat(
                refusedHeaders(),
                Stream.of(
                        arguments("GET", GOOD.withMethod("GET"), ApnsReason.METHOD_NOT_ALLOWED),
                        arguments("other path", GOOD.withPath("/2/device/" + TOKEN), ApnsReason.BAD_PATH),
                        arguments("no token", GOOD.withPath("/3/device/"), ApnsReason.MISSING_DEVICE_TOKEN),
                        arguments("short token", GOOD.withPath("/3/device/abcd"), ApnsReason.BAD_DEVICE_TOKEN),
                        arguments("no hex", GOOD.withPath("/3/device/" + "z".repeat(64)), ApnsReason.BAD_DEVICE_TOKEN),
                        arguments("query", GOOD.withPath("/3/device/" + TOKEN + "?a"), ApnsReason.BAD_DEVICE_TOKEN),
                        arguments(
                                "bad by rule",
                                GOOD.withPath("/3/device/bad0" + TOKEN.substring(4)),
                                ApnsReason.BAD_DEVICE_TOKEN),
                        arguments(
                                "dead by rule",
                                GOOD.withPath("/3/device/DEAD" + TOKEN.substring(4)),
                                ApnsReason.UNREGISTERED),
                        arguments("payload of 4097", GOOD.withBody(payload(4_097)), ApnsReason.PAYLOAD_TOO_LARGE),
                        arguments("no payload", GOOD.withBody(""), ApnsReason.PAYLOAD_EMPTY),
                        arguments("no JSON", GOOD.withBody("{\"aps\":{}"), ApnsReason.PAYLOAD_EMPTY),
                        arguments("trailing text", GOOD.withBody("{\"aps\":{}} x"), ApnsReason.PAYLOAD_EMPTY),
                        arguments("JSON array", GOOD.withBody("[{\"aps\":{}}]"), ApnsReason.PAYLOAD_EMPTY),
                        arguments("no aps", GOOD.withBody("{\"x\":{\"aps\":{}}}"), ApnsReason.PAYLOAD_EMPTY)));
    }

    private static Stream<Arguments> refusedHeaders() {
        return Stream.of(
                arguments("no topic", GOOD.without("apns-topic"), ApnsReason.MISSING_TOPIC),
                arguments("other topic", GOOD.with("apns-topic", "com.other"), ApnsReason.TOPIC_DISALLOWED),
                arguments("subtopic", GOOD.with("apns-topic", TOPIC + ".voip"), ApnsReason.DEVICE_TOKEN_NOT_FOR_TOPIC),
                arguments("no push type", GOOD.without("apns-push-type"), ApnsReason.INVALID_PUSH_TYPE),
                arguments("unknown push type", GOOD.with("apns-push-type", "silent"), ApnsReason.INVALID_PUSH_TYPE),
                arguments("background at 10", GOOD.with("apns-push-type", "background"), ApnsReason.BAD_PRIORITY),
                arguments(
                        "background, priority left out",
                        GOOD.with("apns-push-type", "background").without("apns-priority"),
                        ApnsReason.BAD_PRIORITY),
                arguments("priority 7", GOOD.with("apns-priority", "7"), ApnsReason.BAD_PRIORITY),
                arguments("expiration in words", GOOD.with("apns-expiration", "soon"), ApnsReason.BAD_EXPIRATION_DATE),
                arguments("negative expiration", GOOD.with("apns-expiration", "-1"), ApnsReason.BAD_EXPIRATION_DATE),
                arguments(
                        "collapse id of 65", GOOD.with("apns-collapse-id", "x".repeat(65)), ApnsReason.BAD_COLLAPSE_ID),
                arguments(
                        "id without dashes",
                        GOOD.with("apns-id", "eabeae5414a811e5b60b1697f925ec7b"),
                        ApnsReason.BAD_MESSAGE_ID),
                arguments(
                        "id no hex",
                        GOOD.with("apns-id", "zabeae54-14a8-11e5-b60b-1697f925ec7b"),
                        ApnsReason.BAD_MESSAGE_ID),
                arguments("no authorization", GOOD.without("authorization"), ApnsReason.MISSING_PROVIDER_TOKEN),
                arguments("other scheme", GOOD.with("authorization", "basic abc"), ApnsReason.MISSING_PROVIDER_TOKEN),
                arguments("no token", GOOD.with("authorization", "bearer abc"), ApnsReason.INVALID_PROVIDER_TOKEN),
                arguments(
                        "other key",
                        token(Signer.ecKeys(), "KEY1234567", "TEAM123456", 0),
                        ApnsReason.INVALID_PROVIDER_TOKEN),
                arguments("other key id", token(KEYS, "OTHER", "TEAM123456", 0), ApnsReason.INVALID_PROVIDER_TOKEN),
                arguments("other team", token(KEYS, "KEY1234567", "OTHER", 0), ApnsReason.INVALID_PROVIDER_TOKEN),
                arguments(
                        "over an hour old",
                        token(KEYS, "KEY1234567", "TEAM123456", -3_601),
                        ApnsReason.EXPIRED_PROVIDER_TOKEN),
                arguments(
                        "from the future",
                        token(KEYS, "KEY1234567", "TEAM123456", 3_600),
                        ApnsReason.INVALID_PROVIDER_TOKEN));
    }

    @Test
    void judge_deadToken_timestampIsBeforeNow() {
        var verdict =
                rules.judge(GOOD.withPath("/3/device/dead" + TOKEN.substring(4)).build(ApnsRules.names()), NOW);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        ApnsVerdict.DeviceRefused.class,
                        refused ->
                                assertThat(refused.deadSinceMillis()).isEqualTo(NOW - ApnsRules.DEAD_FOR.toMillis()));
    }

    @Test
    void judge_rememberedTokenGrowsOld_expired() {
        assertThat(reasonOf(rules.judge(GOOD.build(ApnsRules.names()), NOW))).isEmpty();

        assertThat(reasonOf(rules.judge(GOOD.build(ApnsRules.names()), NOW + 3_601_000)))
                .contains(ApnsReason.EXPIRED_PROVIDER_TOKEN);
    }

    @Test
    void judge_tamperedClaims_invalidProviderToken() {
        String[] parts = bearer(KEYS, "KEY1234567", "TEAM123456", 0).split("\\.", -1);
        String[] others = bearer(KEYS, "KEY1234567", "TEAM123456", 60).split("\\.", -1);
        var tampered = GOOD.with("authorization", parts[0] + "." + others[1] + "." + parts[2]);

        assertThat(reasonOf(rules.judge(tampered.build(ApnsRules.names()), NOW)))
                .contains(ApnsReason.INVALID_PROVIDER_TOKEN);
    }

    private static Requests token(KeyPair keys, String keyId, String team, long ageSeconds) {
        return GOOD.with("authorization", bearer(keys, keyId, team, ageSeconds));
    }

    private static String bearer(KeyPair keys, String keyId, String team, long fromNowSeconds) {
        return "bearer " + Signer.es256(keys.getPrivate(), keyId, claims(team, fromNowSeconds));
    }

    private static String claims(String team, long fromNowSeconds) {
        return "{\"iss\":\"" + team + "\",\"iat\":" + (NOW / 1_000 + fromNowSeconds) + "}";
    }

    private static String payload(int bytes) {
        String frame = "{\"aps\":{},\"x\":\"\"}";
        return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
    }

    private static Optional<ApnsReason> reasonOf(ApnsVerdict verdict) {
        return switch (verdict) {
            case ApnsVerdict.Accepted accepted -> Optional.empty();
            case ApnsVerdict.Refused refused -> Optional.of(refused.reason());
            case ApnsVerdict.DeviceRefused refused -> Optional.of(refused.reason());
        };
    }
}
