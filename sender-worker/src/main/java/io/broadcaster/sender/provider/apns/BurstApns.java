package io.broadcaster.sender.provider.apns;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.broadcaster.audience.Manifest;
import io.broadcaster.campaign.LaunchId;
import io.broadcaster.campaign.PushKind;
import io.broadcaster.config.ConfigException;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.provider.http2.Answer;
import io.broadcaster.sender.provider.http2.BurstConfig;
import io.broadcaster.sender.provider.http2.BurstSender;
import io.broadcaster.sender.provider.http2.HeadField;
import io.broadcaster.sender.provider.http2.HeadField.Own;
import io.broadcaster.sender.provider.http2.LoopbackPeer;
import io.broadcaster.sender.provider.http2.Provider;
import io.broadcaster.sender.provider.http2.RequestForm;
import io.broadcaster.sender.provider.http2.Transport;
import io.broadcaster.sender.send.BatchRequest;
import io.broadcaster.sender.send.BatchSender;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * APNs for the burst sender: as Apple asks, {@code :path} and {@code authorization} are literals without indexing and all that
 * a launch shares is indexed. Safe for any thread.
 */
public final class BurstApns implements Provider {
    /** Variants of the launches in work. */
    private static final int FORMS_MAX = 256;

    private static final int FORBIDDEN = 403;
    private static final String AUTHORIZATION = "authorization";
    private static final String TOPIC = "apns-topic";
    private static final String PUSH_TYPE = "apns-push-type";
    private static final String PRIORITY = "apns-priority";
    private static final String EXPIRATION = "apns-expiration";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApnsConfig config;
    private final ProviderToken token;
    private final Cache<Shared, RequestForm> forms =
            Caffeine.newBuilder().maximumSize(FORMS_MAX).build();

    /** What requests of one form share. */
    private record Shared(
            LaunchId launch, Manifest.Variant variant, PushKind kind, long expirationSeconds, String authorization) {
        @Override
        public String toString() {
            return "Shared[" + launch + "]"; // the authorization is secret
        }
    }

    private BurstApns(ApnsConfig config, ProviderToken token) {
        this.config = config;
        this.token = token;
    }

    /** Opens no connection yet; {@link ConfigException} when the trust file cannot be used. */
    public static BatchSender open(
            ApnsConfig config, ApnsSigningKey key, int eventLoops, InstantSource clock, RandomGenerator random) {
        return new BurstSender(
                burst(config, Transport.tls(config.trustFile()), eventLoops),
                new BurstApns(config, new ProviderToken(key, clock)),
                clock,
                random);
    }

    /** The same to a peer in this process, over few connections and with a key of the moment: Apple hears nothing of it. */
    public static BatchSender rehearsing(
            ApnsConfig config, LoopbackPeer peer, int eventLoops, InstantSource clock, RandomGenerator random) {
        ApnsConfig rehearsed = config.at(peer.endpoint(), Math.min(config.connections(), LoopbackPeer.CONNECTIONS));
        return new BurstSender(
                burst(rehearsed, peer.tls(), eventLoops),
                new BurstApns(rehearsed, ProviderToken.ofTheMoment(clock)),
                clock,
                random);
    }

    private static BurstConfig burst(ApnsConfig config, SslContext tls, int eventLoops) {
        return new BurstConfig(
                "apns",
                config.endpoint(),
                tls,
                config.connections(),
                Math.clamp(config.outstandingMax() / config.connections(), 1, ApnsConfig.STREAMS_MAX),
                eventLoops,
                config.connectTimeout(),
                config.requestTimeout());
    }

    @Override
    public RequestForm form(BatchRequest batch) {
        var shared = new Shared(
                batch.key().launch(),
                batch.variant(),
                batch.kind(),
                batch.expiration().getEpochSecond(),
                token.header());
        return forms.get(shared, this::make);
    }

    private RequestForm make(Shared shared) {
        boolean alert = shared.kind() == PushKind.ALERT;
        List<HeadField> head = start(HeadField.own(":path", "/3/device/", Own.TOKEN), shared.authorization());
        head.add(HeadField.shared(PUSH_TYPE, alert ? "alert" : "background"));
        head.add(HeadField.shared(PRIORITY, alert ? "10" : "5")); // Apple allows a background push only 5
        head.add(HeadField.shared(EXPIRATION, Long.toString(shared.expirationSeconds())));
        head.add(HeadField.shared("apns-collapse-id", shared.launch().value()));
        head.add(HeadField.own("apns-id", "", Own.NOTIFICATION_ID));
        return RequestForm.tokenInHead(head, shared.variant().payload(), shared.launch());
    }

    private List<HeadField> start(HeadField path, String authorization) {
        var head = new ArrayList<HeadField>();
        head.add(HeadField.shared(":method", "POST"));
        head.add(HeadField.shared(":scheme", "https"));
        head.add(HeadField.shared(":authority", config.endpoint().getAuthority()));
        head.add(path);
        head.add(HeadField.literal(AUTHORIZATION, authorization));
        head.add(HeadField.shared(TOPIC, config.topic()));
        return head;
    }

    @Override
    public Optional<Instant> tokenIssuedAt() {
        return token.issuedAt();
    }

    /** Until APNs has accepted a provider token on a connection it allows one stream there, so that each begins with this. */
    @Override
    public RequestForm warmUp() {
        List<HeadField> head = start(HeadField.literal(":path", "/3/device/" + ApnsWarmUp.NOBODY), token.header());
        head.add(HeadField.shared(PUSH_TYPE, "background"));
        head.add(HeadField.shared(PRIORITY, "5"));
        head.add(HeadField.shared(EXPIRATION, "0"));
        return RequestForm.withoutToken(head, ApnsWarmUp.SILENT);
    }

    @Override
    public Optional<String> fault(Answer warmUp) {
        if (warmUp.status() != FORBIDDEN) {
            return Optional.empty();
        }
        return Optional.of("APNs refuses our credentials: " + reason(body(warmUp)));
    }

    @Override
    public SendOutcome outcome(RequestForm form, Answer answer, Instant now) {
        JsonNode body = body(answer);
        if (reason(body).equals(ApnsAnswers.EXPIRED_TOKEN)) {
            form.sharedValue(AUTHORIZATION).ifPresent(token::expired);
        }
        return outcome(answer, body, now);
    }

    /** What the answer means by itself. */
    static SendOutcome outcome(Answer answer, Instant now) {
        return outcome(answer, body(answer), now);
    }

    private static SendOutcome outcome(Answer answer, JsonNode body, Instant now) {
        long since = body.path("timestamp").asLong(0);
        return ApnsAnswers.of(answer.status(), reason(body), since > 0 ? Instant.ofEpochMilli(since) : now);
    }

    private static String reason(JsonNode body) {
        return body.path("reason").asText("");
    }

    /** The answer's JSON, or nothing where it is none. */
    private static JsonNode body(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            return JSON.missingNode(); // the status decides alone
        }
    }
}
