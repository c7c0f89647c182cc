package io.broadcaster.loadtest.provider.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.broadcaster.audience.DeviceToken;
import io.broadcaster.campaign.Platform;
import io.broadcaster.loadtest.provider.journal.TokenKey;
import io.broadcaster.loadtest.provider.tls.Signer;
import io.broadcaster.loadtest.provider.wire.Requests;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FcmRulesTest {
    private static final String TOKEN = "c".repeat(22) + ":APA91b" + "x".repeat(134);
    private static final String DEVICE = "\"token\":\"" + TOKEN + "\"";
    private static final long NOW = Instant.parse("2026-02-08T18:30:00Z").toEpochMilli();
    private static final String AUDIENCE = "https://localhost:1/token";
    private static final String ACCOUNT = "sender@p.iam.gserviceaccount.com";
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final KeyPair KEYS = Signer.rsaKeys();

    private final AccessTokens tokens = new AccessTokens(KEYS.getPublic(), ACCOUNT, new SplittableRandom(1));
    private final String access =
            tokens.issue(assertion(KEYS, claims(0, 3_600)), AUDIENCE, NOW).orElseThrow();
    private final FcmRules rules = new FcmRules("p", tokens);

    @Test
    void judge_alertWithKeyAndTag_acceptedUnderThem() {
        var verdict = judge("{\"message\":{" + DEVICE + ",\"data\":{\"k\":\"v\"},\"notification\":{\"title\":\"t\","
                + "\"body\":\"b\"},\"android\":{\"collapse_key\":\"launch\",\"priority\":\"HIGH\",\"ttl\":\"3600s\","
                + "\"notification\":{\"tag\":\"launch\"}}}}");

        assertThat(verdict)
                .isEqualTo(new FcmVerdict.Accepted(
                        TokenKey.of(Platform.ANDROID, new DeviceToken(TOKEN)), "launch", false));
    }

    @Test
    void judge_alertWithOtherTag_collapseIdShowsBoth() {
        var verdict = judge("{\"message\":{" + DEVICE + ",\"notification\":{\"title\":\"t\"},\"android\":"
                + "{\"collapse_key\":\"launch\"}}}");

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FcmVerdict.Accepted.class,
                        accepted -> assertThat(accepted.collapseId()).isEqualTo("launch|"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void judge_permittedMessage_accepted(String message) {
        assertThat(judge(message)).isInstanceOf(FcmVerdict.Accepted.class);
    }

    static Stream<String> accepted() {
        return Stream.of(
                "{\"message\":{" + DEVICE + "}}",
                "{\"validate_only\":true,\"message\":{" + DEVICE + "}}",
                android("\"ttl\":\"0s\""),
                android("\"ttl\":\"2419200s\""),
                android("\"ttl\":\"3.5s\""),
                android("\"priority\":\"normal\""),
                android("\"restricted_package_name\":\"p\",\"direct_boot_ok\":true,\"fcm_options\":{}"),
                android("\"notification\":{\"channelId\":\"c\",\"notification_count\":1,\"vibrate_timings\":[\"1s\"]}"),
                "{\"message\":{" + DEVICE + ",\"apns\":{\"payload\":{\"aps\":{}}},\"webpush\":{},\"fcm_options\":"
                        + "{\"analytics_label\":\"a\"}}}",
                data("k", "v".repeat(4_095)),
                data("k", "é".repeat(2_047)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void judge_brokenMessage_invalidArgumentNamingTheRule(String message, String rule) {
        FcmVerdict verdict = judge(message);

        assertThat(reason(verdict)).contains(FcmReason.INVALID_ARGUMENT);
        assertThat(ruleOf(verdict)).contains(rule);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("", "JSON object"),
                arguments("{\"message\":{" + DEVICE + "}", "must be JSON"),
                arguments("{}", "message must be present"),
                arguments("{\"message\":{" + DEVICE + "},\"message\":{" + DEVICE + "}}", "once"),
                arguments("{\"message\":{}}", "exactly one"),
                arguments("{\"message\":{" + DEVICE + ",\"topic\":\"t\"}}", "exactly one"),
                arguments("{\"message\":{\"topic\":\"t\"}}", "message.token must be present"),
                arguments("{\"message\":{\"token\":\"\"}}", "registration token"),
                arguments("{\"message\":{\"token\":\"a b\"}}", "registration token"),
                arguments("{\"message\":{\"token\":7}}", "token must be a string"),
                arguments("{\"message\":{" + DEVICE + "},\"other\":1}", "Unknown name: other"),
                arguments("{\"message\":{" + DEVICE + ",\"other\":1}}", "Unknown name: message.other"),
                arguments(android("\"other\":1"), "Unknown name: message.android.other"),
                arguments(
                        android("\"notification\":{\"other\":1}"), "Unknown name: message.android.notification.other"),
                arguments(
                        "{\"message\":{" + DEVICE + ",\"notification\":{\"tag\":\"t\"}}}",
                        "Unknown name: message.notification.tag"),
                arguments("{\"message\":{" + DEVICE + ",\"data\":{\"k\":1}}}", "value must be a string"),
                arguments("{\"message\":{" + DEVICE + ",\"data\":[]}}", "message.data must be an object"),
                arguments(data("from", "v"), "reserved"),
                arguments(data("google.x", "v"), "reserved"),
                arguments(data("gcm.x", "v"), "reserved"),
                arguments(android("\"ttl\":\"3600\""), "ttl"),
                arguments(android("\"ttl\":3600"), "ttl must be a string"),
                arguments(android("\"ttl\":\"2419201s\""), "ttl"),
                arguments(android("\"ttl\":\"-1s\""), "ttl"),
                arguments(android("\"ttl\":\"1.s\""), "ttl"),
                arguments(android("\"ttl\":\".5s\""), "ttl"),
                arguments(android("\"ttl\":\"s\""), "ttl"),
                arguments(android("\"priority\":\"max\""), "NORMAL or HIGH"),
                arguments(data("k", "v".repeat(4_096)), "4096"),
                arguments(data("k", "é".repeat(2_048)), "4096"),
                arguments(data("k", "v".repeat(40_000)), "32768"));
    }

    @Test
    void judge_ruleTokens_unregisteredAndInvalidArgument() {
        assertThat(reason(judge(message("c".repeat(22) + ":dead" + "x".repeat(136)))))
                .contains(FcmReason.UNREGISTERED);
        assertThat(reason(judge(message("c".repeat(22) + ":bad0" + "x".repeat(136)))))
                .contains(FcmReason.INVALID_ARGUMENT);
    }

    @Test
    void judge_otherPathMethodProjectOrToken_refused() {
        Requests good = request("{\"message\":{" + DEVICE + "}}");

        assertThat(reason(rules.judge(good.withPath("/v1/projects/p/messages").build(FcmRules.names()), NOW)))
                .contains(FcmReason.NOT_FOUND);
        assertThat(reason(rules.judge(good.withMethod("GET").build(FcmRules.names()), NOW)))
                .contains(FcmReason.NOT_FOUND);
        assertThat(reason(rules.judge(
                        good.withPath("/v1/projects/q/messages:send").build(FcmRules.names()), NOW)))
                .contains(FcmReason.PERMISSION_DENIED);
        assertThat(reason(rules.judge(good.without("authorization").build(FcmRules.names()), NOW)))
                .contains(FcmReason.UNAUTHENTICATED);
        assertThat(reason(rules.judge(good.with("authorization", "Bearer other").build(FcmRules.names()), NOW)))
                .contains(FcmReason.UNAUTHENTICATED);
        assertThat(reason(rules.judge(good.build(FcmRules.names()), NOW + 3_600_000)))
                .contains(FcmReason.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @MethodSource("assertions")
    void issue_brokenAssertion_nothing(String assertion) {
        assertThat(tokens.issue(assertion, AUDIENCE, NOW)).isEmpty();
    }

    static Stream<String> assertions() {
        String good = claims(0, 3_600);
        return Stream.of(
                "",
                "a.b.c",
                assertion(Signer.rsaKeys(), good),
                assertion(KEYS, good.replace(ACCOUNT, "other")),
                assertion(KEYS, good.replace(AUDIENCE, "https://other/token")),
                assertion(KEYS, good.replace(SCOPE, "https://www.googleapis.com/auth/drive")),
                assertion(KEYS, claims(-7_200, -3_600)),
                assertion(KEYS, claims(0, 3_601)),
                assertion(KEYS, claims(3_600, 7_200)),
                assertion(KEYS, good.replace("\"exp\"", "\"x\"")));
    }

    private FcmVerdict judge(String body) {
        return rules.judge(request(body).build(FcmRules.names()), NOW);
    }

    private Requests request(String body) {
        return new Requests(
                        "POST",
                        "/v1/projects/p/messages:send",
                        Map.of("authorization", "Bearer " + access),
                        new byte[0])
                .withBody(body);
    }

    private static String message(String token) {
        return "{\"message\":{\"token\":\"" + token + "\"}}";
    }

    private static String android(String fields) {
        return "{\"message\":{" + DEVICE + ",\"android\":{" + fields + "}}}";
    }

    private static String data(String key, String value) {
        return "{\"message\":{" + DEVICE + ",\"data\":{\"" + key + "\":\"" + value + "\"}}}";
    }

    private static String assertion(KeyPair keys, String claims) {
        return Signer.rs256(keys.getPrivate(), claims);
    }

    private static String claims(long issuedFromNow, long expiryFromNow) {
        return "{\"iss\":\"" + ACCOUNT + "\",\"aud\":\"" + AUDIENCE + "\",\"scope\":\"" + SCOPE + "\",\"iat\":"
                + (NOW / 1_000 + issuedFromNow) + ",\"exp\":" + (NOW / 1_000 + expiryFromNow) + "}";
    }

    private static String ruleOf(FcmVerdict verdict) {
        return switch (verdict) {
            case FcmVerdict.Accepted accepted -> "";
            case FcmVerdict.Refused refused -> refused.rule();
            case FcmVerdict.DeviceRefused refused -> refused.rule();
        };
    }

    @Test
    void judge_brokenMessageWithToken_refusedForItsDevice() {
        assertThat(judge(data("k", "v".repeat(4_096))))
                .isInstanceOfSatisfying(
                        FcmVerdict.DeviceRefused.class,
                        refused -> assertThat(refused.device())
                                .isEqualTo(TokenKey.of(Platform.ANDROID, new DeviceToken(TOKEN))));
    }

    private static Optional<FcmReason> reason(FcmVerdict verdict) {
        return switch (verdict) {
            case FcmVerdict.Accepted accepted -> Optional.empty();
            case FcmVerdict.Refused refused -> Optional.of(refused.reason());
            case FcmVerdict.DeviceRefused refused -> Optional.of(refused.reason());
        };
    }
}
