package io.broadcaster.loadtest.bench;

import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.Content;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.delivery.BatchKey;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.provider.http2.HeadField;
import io.broadcaster.sender.provider.http2.HeadField.Own;
import io.broadcaster.sender.provider.http2.ProtocolException;
import io.broadcaster.sender.provider.http2.RequestForm;
import io.broadcaster.sender.provider.http2.WirePieces;
import io.broadcaster.sender.send.AnswerSink;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** HEADERS and DATA of a batch of 250 requests, as the burst sender hands them to TLS; time per request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class RequestEncodingBenchmark {
    private static final int BATCH = 250;
    private static final int IOS_TOKEN_BYTES = 32;
    private static final int ANDROID_TOKEN_BYTES = 163;
    private static final LaunchId LAUNCH = LaunchId.of(new CampaignId("bench"), 1);
    private static final String BEARER = "bearer " + "t".repeat(220);
    private static final String APNS_BODY =
            "{\"aps\":{\"alert\":{\"title\":\"Kick-off!\",\"body\":\"The advert is on.\"},\"sound\":\"default\"}}";
    private static final String FCM_BODY =
            "\",\"notification\":{\"title\":\"Kick-off!\",\"body\":\"The advert is on.\"},\"android\":{\"priority\":\"high\"}}}";

    private WirePieces.Requests apns;
    private WirePieces.Requests fcm;

    /** Encodes nothing yet: the first batch makes the images. */
    @Setup(Level.Trial)
    public void open() throws ProtocolException {
        apns = new WirePieces.Requests(batch(Platform.IOS, IOS_TOKEN_BYTES), apnsForm(), NOBODY);
        fcm = new WirePieces.Requests(batch(Platform.ANDROID, ANDROID_TOKEN_BYTES), fcmForm(), NOBODY);
    }

    /** Frees the buffers. */
    @TearDown(Level.Trial)
    public void close() {
        apns.close();
        fcm.close();
    }

    /** A token of 32 bytes as hex digits and a notification id in the head. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long apns() throws ProtocolException {
        return apns.write();
    }

    /** A token of 163 characters in the body. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long fcm() throws ProtocolException {
        return fcm.write();
    }

    private static RequestForm apnsForm() {
        return RequestForm.tokenInHead(
                List.of(
                        HeadField.shared(":method", "POST"),
                        HeadField.shared(":scheme", "https"),
                        HeadField.shared(":authority", "api.push.apple.com:443"),
                        HeadField.own(":path", "/3/device/", Own.TOKEN),
                        HeadField.literal("authorization", BEARER),
                        HeadField.shared("apns-topic", "org.example.game"),
                        HeadField.shared("apns-push-type", "alert"),
                        HeadField.shared("apns-priority", "10"),
                        HeadField.shared("apns-expiration", "1767225600"),
                        HeadField.shared("apns-collapse-id", LAUNCH.value()),
                        HeadField.own("apns-id", "", Own.NOTIFICATION_ID)),
                APNS_BODY,
                LAUNCH);
    }

    private static RequestForm fcmForm() {
        return RequestForm.tokenInBody(
                List.of(
                        HeadField.shared(":method", "POST"),
                        HeadField.shared(":scheme", "https"),
                        HeadField.shared(":authority", "fcm.googleapis.com"),
                        HeadField.shared(":path", "/v1/projects/bench/messages:send"),
                        HeadField.shared("authorization", BEARER),
                        HeadField.shared("content-type", "application/json; charset=UTF-8")),
                "{\"message\":{\"token\":\"",
                FCM_BODY,
                LAUNCH);
    }

    private static BatchRequest batch(Platform platform, int tokenBytes) {
        var locale = new LocaleTag("en");
        var content = new Content(locale, EnumSet.of(platform), "Kick-off!", "The advert is on.", Map.of());
        return new BatchRequest(
                new BatchKey(LAUNCH, platform, 1_234),
                new Manifest.Variant(platform, 0, locale, content, "{}"),
                PushKind.ALERT,
                Instant.EPOCH,
                Duration.ofHours(1),
                Instant.MAX,
                new Tokens(tokenBytes),
                IntStream.range(0, BATCH).toArray(),
                () -> false);
    }

    /** Tokens that differ in their first byte. */
    private record Tokens(int bytes) implements BatchTokens {
        @Override
        public int devices() {
            return BATCH;
        }

        @Override
        public int copyToken(int position, byte[] into) {
            Arrays.fill(into, 0, bytes, (byte) 'a');
            into[0] = (byte) position;
            return bytes;
        }
    }

    private static final AnswerSink NOBODY = new AnswerSink() {
        @Override
        public void started() {
            // nothing waits for it
        }

        @Override
        public void accepted(int[] positions, int count) {
            throw new IllegalStateException("nobody answers here");
        }

        @Override
        public void answered(int position, SendOutcome outcome) {
            throw new IllegalStateException("nobody answers here");
        }
    };
}
